import type { ConfigObject } from './config-object';

/** What becomes of a configuration. */
export type Outcome =
  | { readonly kind: 'there' }
  | { readonly kind: 'added'; readonly text: string }
  /** It is for the user to change: why, and the lines to write. */
  | { readonly kind: 'by-hand'; readonly why: string; readonly lines: readonly string[] };

const PRESET = "preset: 'jest-loop',";
const BESIDE = [
  "testEnvironment: 'jest-loop/environment',",
  "setupFilesAfterEnv: ['jest-loop/setup'], // first, if there are others",
  "runner: 'jest-loop/runner',",
];

/** Adds the preset to a configuration where that changes nothing else. `isJson`: names are quoted. */
export function addPreset(text: string, config: ConfigObject | undefined, isJson: boolean): Outcome {
  // In whichever way: as a preset, spread, or beside another one.
  if (config === undefined ? /['"]jest-loop/.test(text) : usesPackage(text, config)) return { kind: 'there' };
  const why = config === undefined ? NOT_LITERAL : whyNot(config);
  if (config === undefined || why !== undefined) return { kind: 'by-hand', ...why! };
  return { kind: 'added', text: insert(text, config, isJson) };
}

const NOT_LITERAL = {
  why: 'its configuration is not an object that it writes out',
  lines: [PRESET],
};

function usesPackage(text: string, { start, end }: ConfigObject): boolean {
  return /['"]jest-loop['"/]/.test(text.slice(start, end));
}

/** Why the preset alone would not do, or would change what is there. */
function whyNot({ members }: ConfigObject): { why: string; lines: readonly string[] } | undefined {
  const named = (name: string) => members.find(each => each.name === name);
  const preset = named('preset');
  if (preset?.text === 'ts-jest')
    return {
      why: "it has the preset ts-jest, with which jest-loop compiles TypeScript anyway. Put this line in the preset's place",
      lines: [PRESET],
    };
  if (preset !== undefined) return { why: 'it has another preset. Add these lines', lines: BESIDE };
  if (named('projects') !== undefined)
    return { why: 'it has projects. Add this line to each of them', lines: [PRESET] };
  const environment = named('testEnvironment');
  if (environment?.text === 'node' || environment?.text === 'jest-environment-node')
    return {
      why: 'its testEnvironment would replace that of jest-loop. Put this line in its place',
      lines: [PRESET],
    };
  if (environment !== undefined) {
    const base = environment.text === 'jsdom' ? 'jest-environment-jsdom' : (environment.text ?? '…');
    return {
      why: 'it has a testEnvironment. Add the preset, and name a file with the other two lines in testEnvironment',
      lines: [
        PRESET,
        'const { withLoop } = require("jest-loop/environment");',
        `module.exports = withLoop(require("${base}"));`,
      ],
    };
  }
  if (members.some(({ name }) => name === undefined))
    return {
      why: 'parts of it come from elsewhere. If it has no other preset, add this line',
      lines: [PRESET],
    };
  return undefined;
}

/** Inserts the preset as the first property, in the style of the file. */
function insert(text: string, { start, end, members }: ConfigObject, isJson: boolean): string {
  const quote = isJson || count(text, '"') > count(text, "'") ? '"' : "'";
  const property = `${isJson ? '"preset"' : 'preset'}: ${quote}jest-loop${quote}`;
  const inside = text.slice(start, end);
  const [first] = members;
  if (first === undefined && inside.trim() === '')
    return `${text.slice(0, start)} ${property} ${text.slice(end)}`;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lineEnd = inside.indexOf(newline);
  const isOneLine = lineEnd < 0 || (first !== undefined && start + lineEnd > first.start);
  if (isOneLine) {
    const comma = first === undefined ? '' : ',';
    return `${text.slice(0, start)} ${property}${comma}${/^\s/.test(inside) ? '' : ' '}${text.slice(start)}`;
  }
  // After a comment behind the brace.
  const at = start + lineEnd;
  const indent = first === undefined ? '  ' : /[ \t]*$/.exec(text.slice(0, first.start))![0];
  const comma = first === undefined && isJson ? '' : ',';
  return `${text.slice(0, at)}${newline}${indent}${property}${comma}${text.slice(at)}`;
}

const count = (text: string, part: string): number => text.split(part).length;
