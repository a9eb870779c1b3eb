import * as json from '../../node/json';

/** What the main process of a run passes to its workers, in their environment. */
export interface RunAddress {
  /** Of the main process. */
  readonly pid: number;
  /** Where the main process can be reached; undefined where it cannot. */
  readonly address?: string;
  readonly token?: string;
  /** The seed of this run, for the backend `chaos` where no other is given. */
  readonly seed?: number;
}

const VARIABLE = 'JEST_LOOP_RUN';

type Host = Pick<NodeJS.Process, 'env' | 'pid' | 'ppid'>;

/** Called in the main process before it has workers. The returned function restores the variable. */
export function announceRun(address: RunAddress, { env }: Pick<Host, 'env'> = process): () => void {
  const before = env[VARIABLE];
  env[VARIABLE] = json.stringify(address);
  return () => {
    if (before === undefined) delete env[VARIABLE];
    else env[VARIABLE] = before;
  };
}

/**
 * The run that this process belongs to, as a worker or as the main process. Undefined if the variable describes another
 * run: a Jest that a test starts inherits it.
 */
export function currentRunAddress(host: Host = process): RunAddress | undefined {
  const text = host.env[VARIABLE];
  if (text === undefined) return undefined;
  try {
    const address = json.parse(text) as RunAddress;
    return address.pid === host.pid || address.pid === host.ppid ? address : undefined;
  } catch {
    return undefined;
  }
}
