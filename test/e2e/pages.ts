import * as fs from 'node:fs';
import * as path from 'node:path';

/** A page of the documentation as a project for Jest. */
export interface Page {
  /** By name, the test files that must fail apart. */
  readonly files: Readonly<Record<string, string>>;
  /** The test files that must fail, by name, each with the text that the page says it prints. */
  readonly failures: Readonly<Record<string, { readonly source: string; readonly shown: string }>>;
}

/**
 * Reads the files that a page shows. The line that opens a code block says what it is:
 *
 * - `js file=a.test.js`: a file.
 * - `js file=a.test.js fails`: a test file that must fail; the next `text` block is what it prints.
 * - `diff file=2/a.test.js from=1/a.test.js`: a file, as a change of an earlier one.
 *
 * A rendered page does not show that line, see {@link unnamedFiles}.
 */
export function readPage(root: string, name: string): Page {
  const text = fs.readFileSync(path.join(root, name), 'utf8');
  const files: Record<string, string> = {};
  const failures: Record<string, { source: string; shown: string }> = {};
  let failing: string | undefined;
  for (const [, language, rest, source] of text.matchAll(/^```(\w+)(.*)\n([\s\S]*?)^```$/gm)) {
    const { file, from, fails } = attributesOf(rest!);
    if (failing !== undefined && language === 'text') {
      failures[failing]!.shown = source!;
      failing = undefined;
    }
    if (file === undefined) continue;
    if (fails !== undefined) {
      failures[file] = { source: source!, shown: '' };
      failing = file;
    } else files[file] = from === undefined ? source! : applied(source!, files[from], `${name}: ${from}`);
  }
  return { files, failures };
}

/**
 * The files that a page shows without their name: in a line of its own above the code (in a table, in a comment at the
 * top of the code). A project keeps the files of several examples apart in folders, which the name may leave out.
 */
export function unnamedFiles(root: string, name: string): string[] {
  const text = fs.readFileSync(path.join(root, name), 'utf8').replace(/^<!--[\s\S]*?^-->$/gm, '');
  const blocks = text.matchAll(/^(?:\*\*`(.+)`\*\*\n\n)?```\w+ .*?\bfile=(\S+).*\n(?:\/\/ ([\w.]+))?/gm);
  return [...blocks].flatMap(([, above, file, inside]) =>
    path.basename(above ?? inside ?? '') === path.basename(file!) ? [] : [file!],
  );
}

function attributesOf(text: string): Record<string, string> {
  const words = text.split(' ').filter(word => word !== '');
  return Object.fromEntries(words.map(word => [word.split('=')[0], word.split('=')[1] ?? '']));
}

/** Applies a diff whose parts, with a line `@@` between them, each stand in the file exactly once. */
function applied(diff: string, file: string | undefined, where: string): string {
  if (file === undefined) throw new Error(`${where} is not shown before the diff`);
  let text = file;
  for (const part of diff.split(/^@@.*\n/m)) {
    const lines = part.split('\n').slice(0, -1);
    const side = (sign: string): string =>
      lines
        .filter(line => line === '' || line.startsWith(' ') || line.startsWith(sign))
        .map(line => `${line.slice(1)}\n`)
        .join('');
    const pieces = `\n${text}`.split(`\n${side('-')}`);
    if (pieces.length !== 2) throw new Error(`${where} has ${pieces.length - 1} times:\n${side('-')}`);
    text = pieces.join(`\n${side('+')}`).slice(1);
  }
  return text;
}
