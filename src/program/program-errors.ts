import { trimStack } from '../jest/file/stacks';
import { isCancelled } from '../loop/steps/cancellation';
import { inspect } from '../node/util';

/** The errors of a program, in the order in which they happened. */
export class ProgramErrors {
  readonly all: unknown[] = [];

  /** Adds an error, unless it only says that its code was cancelled, or is known. */
  add(error: unknown): void {
    if (!isCancelled(error) && !this.all.includes(error)) this.all.push(error);
  }

  /** Writes them with the user's frames only. */
  print(output: { write(text: string): unknown }): void {
    for (const error of this.all) {
      trimStack(error);
      const isError = typeof Object(error).stack === 'string';
      output.write(`${isError ? '' : 'Thrown: '}${inspect(error)}\n`);
    }
  }
}
