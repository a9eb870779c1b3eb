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

/** How long in ms a call may take. */
export interface WithTimeout {
  /** @default no limit */
  readonly timeout?: number;
}
