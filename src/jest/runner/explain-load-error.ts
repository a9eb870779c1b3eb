import { fixForMember } from '../../errors/other-runners/members';
import { layOut } from '../../errors/problem';
import { mocksTooEarly } from '../../errors/tests/mocking';

/** The names that ts-jest (`jest_loop_1`) and SWC (`_jestloop`) give to an import of this package. */
const TOO_EARLY = /^Cannot access '_*jest_?loop\w*' before initialization$/m;

const NO_FUNCTION = /^.* is not a function$/m;

interface LoadError {
  message?: string;
  stack?: string | null | undefined;
}

/** Explains why a test file could not be loaded where Jest's message would not help. */
export function explainLoadError(error: LoadError | undefined): void {
  const text = error?.message ?? '';
  const [early] = TOO_EARLY.exec(text) ?? [];
  if (early !== undefined) replace(error!, early, mocksTooEarly(early));
  else {
    const [line] = NO_FUNCTION.exec(text) ?? [];
    const fix = line === undefined ? undefined : fixForMember(line);
    if (fix !== undefined) replace(error!, line!, layOut(line!, [], fix));
  }
}

function replace(error: LoadError, line: string, message: string): void {
  error.message = error.message?.replace(line, () => message) ?? message;
  error.stack = error.stack?.replace(line, () => message);
}
