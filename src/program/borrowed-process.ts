import { rememberTimers } from '../loop/timers/remember';

/** What Jest's exit, when it has nothing to run, does to an output before it ends the process. */
type Output = { write: unknown };

/** The registered symbols of globals that belong to one run: what an ES module imports from Jest; how to clean up. */
const OF_A_RUN = new Set(['jest-loop.jest-globals', '$$jest-deletion-mode']);

/**
 * The process while Jest runs in it: it cannot end the process, and what it leaves behind is taken away.
 * `exited` gets the exit codes that it exits with.
 */
export class BorrowedProcess {
  readonly #env = { ...process.env };
  readonly #exitCode = process.exitCode;
  readonly #listeners = new Map(process.eventNames().map(name => [name, process.rawListeners(name)]));
  readonly #stacks = { prepare: Error.prepareStackTrace, limit: Error.stackTraceLimit };
  /** `process.exit` of the program. */
  readonly exit = process.exit;
  readonly #outputs: (() => void)[];
  readonly #restoreTimers = rememberTimers();

  constructor(exited: (code: number) => void) {
    this.#outputs = [process.stdout, process.stderr].map((output: Output) => {
      const { write } = output;
      const isOwn = Object.hasOwn(output, 'write');
      return () => {
        // https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-core/src/runJest.ts#L245
        if (isOwn) output.write = write;
        else Reflect.deleteProperty(output, 'write');
      };
    });
    process.exit = ((code?: number | string) => {
      for (const restore of this.#outputs) restore();
      exited(Number(code ?? process.exitCode ?? 0));
    }) as NodeJS.Process['exit'];
    process.exitCode = undefined;
    process.env.NODE_ENV ??= 'test';
  }

  /** Sets environment variables; undefined removes one. */
  setVariables(variables: Readonly<Record<string, string | undefined>>): void {
    assign(variables);
  }

  /** Gives the process back. */
  giveBack(): void {
    process.exit = this.exit;
    // Jest's reporters wrap it once more in each run.
    for (const restore of this.#outputs) restore();
    this.#restoreTimers();
    for (const key of Object.getOwnPropertySymbols(globalThis))
      if (OF_A_RUN.has(Symbol.keyFor(key) ?? '')) Reflect.deleteProperty(globalThis, key);
    process.exitCode = this.#exitCode;
    const added = Object.keys(process.env).filter(name => !Object.hasOwn(this.#env, name));
    assign({ ...Object.fromEntries(added.map(name => [name, undefined])), ...this.#env });
    for (const name of process.eventNames()) {
      const before = this.#listeners.get(name) ?? [];
      for (const listener of process.rawListeners(name))
        if (!before.includes(listener)) process.removeListener(name, listener as () => void);
    }
    Error.prepareStackTrace = this.#stacks.prepare;
    Error.stackTraceLimit = this.#stacks.limit;
  }
}

function assign(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else if (process.env[name] !== value) process.env[name] = value;
  }
}
