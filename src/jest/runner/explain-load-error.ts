import { mocksTooEarly } from '../../errors/tests/mocking';

/** The names that ts-jest (`jest_loop_1`) and SWC (`_jestloop`) give to an import of this package. */
const TOO_EARLY = /^Cannot access '_*jest_?loop\w*' before initialization$/m;

interface LoadError {
  message?: string;
  stack?: string | null | undefined;
}

/** Explains why a test file could not be loaded where Jest's message would not help. */
export function explainLoadError(error: LoadError | undefined): void {
  const [line] = TOO_EARLY.exec(error?.message ?? '') ?? [];
  if (error === undefined || line === undefined) return;
  const message = mocksTooEarly(line);
  error.message = error.message?.replace(line, () => message) ?? message;
  error.stack = error.stack?.replace(line, () => message);
}
