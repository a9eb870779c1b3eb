import { fixForArguments, fixForMember } from '../../errors/other-runners/members';
import { layOut } from '../../errors/problem';
import { babelReadTypeScript } from '../../errors/project/compiler';
import { mocksTooEarly } from '../../errors/tests/mocking';

/** The names that ts-jest (`jest_loop_1`) and SWC (`_jestloop`) give to an import of this package. */
const TOO_EARLY = /^Cannot access '_*jest_?loop\w*' before initialization$/m;

/** The line of an error of a call that another runner has. */
const CALL = /^.* is not a function$|^.*Invalid first argument, .*$/m;

/** The first line of Babel's message about a file that it cannot read: its path, the mistake, and where that is. */
const UNREAD = /^\S.*\.[cm]?tsx?: .*\(\d+:\d+\)$/m;

/** A frame of Babel's parser. With the plug-in for TypeScript, which all presets for it use, another class parses. */
const PARSER = /^ +at .*[\\/]@babel[\\/]parser[\\/]/m;
const TYPESCRIPT_PARSER = /^ +at (?:.* )?TypeScriptParserMixin\b/m;

/** Frames of Babel and of what it runs on. */
const BABEL_FRAME =
  /^ +at (?:.*[\\/]node_modules[\\/](?:@babel|gensync)[\\/]|[\w.]+\.next \(<anonymous>\)).*\n?/gm;

interface LoadError {
  message?: string;
  stack?: string | null | undefined;
}

/** Explains why a test file could not be loaded where Jest's message would not help. */
export function explainLoadError(error: LoadError | undefined): void {
  const text = error?.message ?? '';
  const [early] = TOO_EARLY.exec(text) ?? [];
  if (early !== undefined) replace(error!, early, mocksTooEarly(early));
  else if (isOfBabel(error)) explainBabel(error);
  else {
    const [line] = CALL.exec(text) ?? [];
    const fix = line === undefined ? undefined : (fixForMember(line) ?? fixForArguments(line));
    if (fix !== undefined) replace(error!, line!, layOut(line!, [], fix));
  }
}

/** Whether Babel could not read a file of TypeScript, and has no plug-in for it. */
function isOfBabel(error: LoadError | undefined): error is { message: string; stack: string } {
  const { message = '', stack } = error ?? {};
  return (
    typeof stack === 'string' && UNREAD.test(message) && PARSER.test(stack) && !TYPESCRIPT_PARSER.test(stack)
  );
}

/** What Babel and Jest say stays, but for the frames of Babel. */
function explainBabel(error: { message: string; stack: string }): void {
  const [line] = UNREAD.exec(error.message)!;
  replace(error, line, babelReadTypeScript(line));
  error.stack = error.stack.replace(BABEL_FRAME, '');
}

function replace(error: LoadError, line: string, message: string): void {
  error.message = error.message?.replace(line, () => message) ?? message;
  error.stack = error.stack?.replace(line, () => message);
}
