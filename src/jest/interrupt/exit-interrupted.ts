import { after } from '../../process/real-time';
import { isCalledByJest } from '../process/main-run';

/** As shells report a process that Ctrl-C has ended. */
export const EXIT_CODE = 130;
/** How long in ms the process may take to exit by itself after Jest's report. */
const GRACE = 1000;

type Target = Pick<NodeJS.Process, 'exit' | 'exitCode' | 'on' | 'once'>;

/** Jest was interrupted: the process exits with 130, whatever code Jest sets, and soon after Jest's report. */
export function exitInterrupted(target: Target = process): void {
  const { exit } = target;
  let isLast = false;
  // Jest sets its code in an `exit` listener: ours must come after it.
  // https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-cli/src/run.ts#L94-L99
  const comeLast = (): void => {
    if (isLast) return;
    isLast = true;
    target.once('exit', () => {
      target.exitCode = EXIT_CODE;
    });
  };
  target.exitCode = EXIT_CODE;
  target.once('beforeExit', comeLast);
  target.exit = () => {
    comeLast();
    return Reflect.apply(exit, target, [EXIT_CODE]);
  };
  // Jest adds that listener once it has reported everything.
  target.on('newListener', event => {
    if (event === 'exit' && isCalledByJest()) exitSoon(target);
  });
}

/** Exits after a grace period if something keeps the process alive. */
export function exitSoon(target: Pick<NodeJS.Process, 'exit'> = process): void {
  setTimeout(() => target.exit(EXIT_CODE), GRACE).unref();
}

/** How long in ms an exit may take to write the rest of the output. */
const DRAINING = 5000;

/**
 * Jest has reported and called for an exit, which happens when its output is written: at once for a pipe, a turn later
 * for a file. If the run ended in between, Jest would report it again.
 */
export function awaitExit(): Promise<void> {
  return new Promise(resolve => after(DRAINING, resolve));
}
