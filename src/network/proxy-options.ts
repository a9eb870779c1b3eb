/** The options of `new TcpProxy`. See docs/network.md. */
export interface TcpProxyOptions {
  /** Where it listens. @default '127.0.0.1' */
  readonly listenHost?: string;
  /** The port on which it listens. @default 0: the system chooses, and `port` says which */
  readonly port?: number;
  /**
   * Whether it takes bytes faster than the other end does, and keeps them. `false` honours back-pressure.
   * @default true
   */
  readonly buffered?: boolean;
}

/** A number for each direction; one that is left out stays as it is. See docs/network.md. */
export interface BothWays {
  /** Client to server. */
  readonly read?: number;
  /** Server to client. */
  readonly write?: number;
}

/** How long a call may take. See docs/network.md. */
export interface WithTimeout {
  /** Milliseconds, after which the call rejects with `ERR_NETWORK_TIMEOUT`. @default no limit */
  readonly timeout?: number;
}
