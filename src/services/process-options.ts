import { types } from '../node/util';
import { checkArgument, isDuration, isFunction } from './check';

/** When a process is ready: a line of its output, a test of each line, or a port that it accepts connections on. */
export type ProcessReady =
  | RegExp
  | ((line: string) => boolean)
  | { readonly port: number; readonly host?: string };

/** The options of {@link ProcessService}. */
export interface ProcessOptions {
  readonly command: string;
  readonly args?: readonly string[];
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** @default ready when it has been spawned */
  readonly ready?: ProcessReady;
  /** @default 'SIGTERM' */
  readonly stopSignal?: NodeJS.Signals;
  /** How long in ms it may take to end before it is killed. @default 2000 */
  readonly stopTimeout?: number;
  /** For messages. @default the command */
  readonly name?: string;
}

/** Throws where an option is of another kind. */
export function checkProcessOptions(options: ProcessOptions = {} as ProcessOptions): void {
  const call = 'new ProcessService()';
  const { command, args = [], ready, stopTimeout } = options;
  checkArgument(typeof command === 'string' && command !== '', call, 'a program as command', command);
  const areTexts = Array.isArray(args) && args.every(each => typeof each === 'string');
  checkArgument(areTexts, call, 'an array of strings as args', args);
  const fits =
    ready === undefined || types.isRegExp(ready) || isFunction(ready) || Number.isInteger(Object(ready).port);
  checkArgument(fits, call, 'a RegExp, a function of a line, or { port } as ready', ready);
  const isLimit = stopTimeout === undefined || stopTimeout === 0 || isDuration(stopTimeout);
  checkArgument(isLimit, call, 'a number of ms as stopTimeout', stopTimeout);
}
