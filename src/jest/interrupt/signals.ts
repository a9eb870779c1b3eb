import { isatty } from 'node:tty';
import { now } from '../../process/real-time';
import { embedding } from '../process/embedding';
import { EXIT_CODE } from './exit-interrupted';
import type { Workers } from './workers';

/** Ctrl-C and Ctrl-D. */
const KEYS: ReadonlySet<string> = new Set(['\u0003', '\u0004']);

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Signals within this many ms are one Ctrl-C: npm forwards what the terminal has sent to all processes anyway. */
const SAME = 500;

/**
 * Calls `first` for the first signal; the second one ends the process and its workers at once. With `keys`, Ctrl-C may
 * also come as a key. The returned function stops listening.
 */
export function onInterrupt(first: () => void, workers: Workers, keys: boolean): () => void {
  let interruptedAt: number | undefined;
  const interrupt = (): void => {
    if (interruptedAt === undefined) {
      interruptedAt = now();
      first();
      return;
    }
    stop();
    workers.kill();
    (embedding() ?? process).exit(EXIT_CODE);
  };
  const listener = (): void => {
    if (interruptedAt === undefined || now() - interruptedAt >= SAME || !isatty(0)) interrupt();
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  const stopKeys = keys ? onKeys(interrupt) : undefined;
  const stop = (): void => {
    stopKeys?.();
    for (const signal of SIGNALS) process.removeListener(signal, listener);
  };
  return stop;
}

/**
 * In watch mode the terminal delivers Ctrl-C and Ctrl-D as keys. Jest would exit at once, so it does not get them.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-core/src/watch.ts#L374-L382
 */
function onKeys(press: () => void): () => void {
  const { stdin } = process;
  const emit = stdin.emit;
  stdin.emit = (event: string | symbol, ...args: unknown[]): boolean => {
    const keys = event === 'data' ? [...String(args[0])] : [];
    if (!keys.some(key => KEYS.has(key))) return Reflect.apply(emit, stdin, [event, ...args]);
    for (const key of keys) if (KEYS.has(key)) press();
    return true;
  };
  return () => {
    stdin.emit = emit;
  };
}
