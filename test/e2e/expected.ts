import * as fs from 'node:fs';
import * as path from 'node:path';

/*
 * What a project of test/projects is expected to report: its `expected.txt`. Where each file is a mistake, its message
 * stands beside it, in `name.expected.txt` beside `name.test.js`, and `expected.txt` has only the names of the files.
 */
const BESIDE = '.expected.txt';
/** The first line of what is reported of a file. */
const HEAD = /^(\S+)\.test\.[jt]s: \w+$/;

const isOfMistakes = (folder: string): boolean => path.basename(folder).startsWith('mistakes');

const readWhole = (folder: string): string => fs.readFileSync(path.join(folder, 'expected.txt'), 'utf8');

/** The first line: the exit code. */
export const readExit = (folder: string): string => readWhole(folder).split('\n', 1)[0]!;

export function readExpected(folder: string): string {
  const text = readWhole(folder);
  if (!isOfMistakes(folder)) return text;
  const [exit, ...heads] = text.trimEnd().split('\n').filter(Boolean);
  const parts = heads.map(head => {
    const [, name] = HEAD.exec(head)!;
    return `\n${head}\n${fs.readFileSync(path.join(folder, name + BESIDE), 'utf8')}`;
  });
  return `${exit}\n${parts.join('')}`;
}

export function writeExpected(folder: string, text: string): void {
  const whole = path.join(folder, 'expected.txt');
  if (!isOfMistakes(folder)) {
    fs.writeFileSync(whole, text);
    return;
  }
  for (const name of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith(BESIDE)) fs.rmSync(path.join(folder, name));
  const [first, ...parts] = text.split(/\n(?=\n\S+\.test\.[jt]s: \w+$)/m);
  const heads = parts.map(part => {
    const [, head, ...lines] = part.trimEnd().split('\n');
    const [, name] = HEAD.exec(head!)!;
    fs.writeFileSync(path.join(folder, name + BESIDE), `${lines.join('\n')}\n`);
    return head!;
  });
  fs.writeFileSync(whole, `${[first, '', ...heads].join('\n')}\n`);
}
