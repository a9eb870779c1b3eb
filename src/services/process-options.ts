import { constants } from '../node/os';
import { types } from '../node/util';
import { checkArgument, checkSpelling, isDuration, isFunction, isPort, isText } from './check';

/**
 * When a process is ready: a line of its output, a test of each line, or a port that it accepts connections on.
 * See docs/services.md.
 */
export type ProcessReady =
  | RegExp
  | ((line: string) => boolean)
  | {
      /** The port that it listens on. */
      readonly port: number;
      /** @default '127.0.0.1' */
      readonly host?: string;
    };

/** The options of {@link ProcessService}. See docs/services.md. */
export interface ProcessOptions {
  /** The program, by its path or by a name to look up in `PATH`. No shell is involved. */
  readonly command: string;
  /** @default none */
  readonly args?: readonly string[];
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The folder that it runs in. @default that of this process */
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

const NAMES = ['command', 'args', 'env', 'cwd', 'ready', 'stopSignal', 'stopTimeout', 'name'];

/** Throws for a misspelt option, or one of another type. */
export function checkProcessOptions(options: ProcessOptions = {} as ProcessOptions): void {
  const call = 'new ProcessService()';
  checkSpelling(call, options, NAMES);
  const { command, args = [], env = {}, ready, stopSignal, stopTimeout, name } = options;
  checkArgument(isText(command), call, 'a program as command', command);
  checkArgument(typeof env === 'object' && env !== null, call, 'an object of variables as env', env);
  checkArgument(name === undefined || isText(name), call, 'a text as name', name);
  const areTexts = Array.isArray(args) && args.every(each => typeof each === 'string');
  checkArgument(areTexts, call, 'an array of strings as args', args);
  const isReady = (port: unknown): boolean => isPort(port) && port !== 0;
  const fits =
    ready === undefined || types.isRegExp(ready) || isFunction(ready) || isReady(Object(ready).port);
  checkArgument(fits, call, 'a RegExp, a function of a line, or { port } as ready', ready);
  const isSignal = stopSignal === undefined || Object.hasOwn(constants.signals, stopSignal);
  checkArgument(isSignal, call, 'a signal as stopSignal', stopSignal);
  const isLimit = stopTimeout === undefined || stopTimeout === 0 || isDuration(stopTimeout);
  checkArgument(isLimit, call, 'a number of ms as stopTimeout', stopTimeout);
}
