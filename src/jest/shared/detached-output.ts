import { processState } from '../../process/process-state';

/*
 * What a fixture prints in Jest's main process goes through Jest's reporters: they replace `write`, and set a timer in it
 * that flushes the output. That timer is theirs. It must not end with the fixture's Loop, or nothing is printed any more.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-reporters/src/DefaultReporter.ts#L66-L103
 */

type Output = Pick<NodeJS.WriteStream, 'write'>;

/** While shared fixtures are up, the outputs of their process are written outside of every step. */
export class DetachedOutput {
  #restore: (() => void)[] = [];

  /** From now on. */
  begin(): void {
    this.#restore = [process.stdout, process.stderr].map((output: Output) => {
      const { write } = output;
      const isOwn = Object.hasOwn(output, 'write');
      const detached = (...args: Parameters<Output['write']>): boolean =>
        processState.steps.exit(() => write.apply(output, args));
      output.write = detached as Output['write'];
      return () => {
        // A reporter may have taken its own away meanwhile, and ours with it.
        if (output.write !== detached) return;
        if (isOwn) output.write = write;
        else Reflect.deleteProperty(output, 'write');
      };
    });
  }

  /** Until now. */
  end(): void {
    for (const restore of this.#restore.splice(0)) restore();
  }
}
