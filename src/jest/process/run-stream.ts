import * as json from '../../node/json';

/** What the main process of a run passes to its workers when a reader wants the stream of events. */
export interface RunStream {
  /** Of the main process. */
  readonly pid: number;
  /** The folder of the streams of all processes. */
  readonly folder: string;
  /** `plan`: what would be set up, `list`: what is declared. Then no test runs and nothing is set up. */
  readonly mode: 'record' | 'plan' | 'list';
  /** In mode `list`: also lists who requests these. */
  readonly names?: readonly string[];
}

const VARIABLE = 'JEST_LOOP_STREAM';

type Host = Pick<NodeJS.Process, 'env' | 'pid' | 'ppid'>;

/** Called in the main process before it has workers. The returned function takes it back. */
export function announceStream(stream: RunStream, { env }: Pick<Host, 'env'> = process): () => void {
  const text = json.stringify(stream);
  env[VARIABLE] = text;
  return () => {
    if (env[VARIABLE] === text) delete env[VARIABLE];
  };
}

/** The stream of the run that this process belongs to: a Jest that a test starts inherits the variable. */
export function currentStream({ env, pid, ppid }: Host = process): RunStream | undefined {
  const text = env[VARIABLE];
  if (text === undefined) return undefined;
  try {
    const stream = json.parse(text) as RunStream;
    return stream.pid === pid || stream.pid === ppid ? stream : undefined;
  } catch {
    return undefined;
  }
}
