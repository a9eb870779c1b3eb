import { after } from '../../process/real-time';
import { isCalledByJest } from '../process/main-run';

/** As shells have it for a process that Ctrl-C has ended. */
export const EXIT_CODE = 130;
/** How long in ms the process may take to end by itself when Jest has made its report. */
const GRACE = 1000;

type Target = Pick<NodeJS.Process, 'exit' | 'exitCode' | 'on' | 'once'>;

/** Jest was interrupted: from now on the process ends with 130, whatever Jest says, and soon after Jest's report. */
export function exitInterrupted(target: Target = process): void {
  const { exit } = target;
  let isLast = false;
  // Jest sets its own code when the process exits: this has to come after it.
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
  // It does so when all is reported.
  target.on('newListener', event => {
    if (event === 'exit' && isCalledByJest()) exitSoon(target);
  });
}

/** Something may keep the process alive. */
export function exitSoon(target: Pick<NodeJS.Process, 'exit'> = process): void {
  setTimeout(() => target.exit(EXIT_CODE), GRACE).unref();
}

/** How long in ms an exit may take to write what is left of the output. */
const DRAINING = 5000;

/**
 * Jest has reported and called for an exit, which comes when its output is written: at once for a pipe, a turn later
 * for a file. If the run ended in between, Jest would report it a second time.
 */
export function awaitExit(): Promise<void> {
  return new Promise(resolve => after(DRAINING, resolve));
}
