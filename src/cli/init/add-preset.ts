import type { ConfigObject, Member } from './config-object';

/** What becomes of a configuration. */
export type Outcome =
  | { readonly kind: 'there' }
  | { readonly kind: 'added'; readonly text: string }
  /** It is for the user to change. */
  | ({ readonly kind: 'by-hand' } & Advice);

/** Why the user has to change it, and the lines to write. */
export interface Advice {
  readonly why: string;
  readonly lines: readonly string[];
}

export const PRESET = "preset: 'jest-loop',";
const BESIDE = [
  "testEnvironment: 'jest-loop/environment',",
  "setupFilesAfterEnv: ['jest-loop/setup'], // first, if there are others",
  "runner: 'jest-loop/runner',",
];

/**
 * Adds the preset to a configuration without `projects`, where that changes nothing else. `isJson`: names are quoted.
 */
export function addPreset(text: string, config: ConfigObject | undefined, isJson: boolean): Outcome {
  // In whichever way: as a preset, spread, or beside another one.
  if (config === undefined ? /['"]jest-loop/.test(text) : usesPackage(text, config)) {
    const environment = config === undefined ? undefined : replacing(config);
    return environment === undefined
      ? { kind: 'there' }
      : { kind: 'by-hand', ...replacedAdvice(environment) };
  }
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

/** The environment of another package, which wins over that of the preset. A file of the project may extend ours. */
function replacing({ members }: ConfigObject): Member | undefined {
  const environment = members.find(({ name }) => name === 'testEnvironment');
  if (environment?.text === undefined || /^(?:[./\\<]|jest-loop)|^\w:/.test(environment.text))
    return undefined;
  // What is spread after it may replace it.
  return members.some(({ name, start }) => name === undefined && start > environment.start)
    ? undefined
    : environment;
}

function replacedAdvice(environment: Member): Advice {
  const why = 'it uses jest-loop, but its testEnvironment replaces that of jest-loop';
  return isJestsNode(environment)
    ? { why: `${why}. Put this line in its place`, lines: [BESIDE[0]!] }
    : { why: `${why}. Name a file with these lines in it`, lines: withLoop(environment) };
}

/** Why the preset alone would not do, or would change what is there. */
function whyNot({ members }: ConfigObject): Advice | undefined {
  const named = (name: string) => members.find(each => each.name === name);
  const preset = named('preset');
  const environment = named('testEnvironment');
  if (preset !== undefined) return presetAdvice(preset, environment);
  if (environment !== undefined) return environmentAdvice(environment);
  if (members.some(({ name }) => name === undefined))
    return {
      why: 'parts of it come from elsewhere. If it has no other preset, add this line',
      lines: [PRESET],
    };
  return undefined;
}

function presetAdvice(preset: Member, environment: Member | undefined): Advice {
  const isPlain = environment === undefined || isJestsNode(environment);
  if (preset.text === 'ts-jest') {
    const why = 'it has the preset ts-jest, with which jest-loop compiles TypeScript anyway';
    if (environment === undefined)
      return { why: `${why}. Put this line in the preset's place`, lines: [PRESET] };
    if (isPlain)
      return {
        why: `${why}, and a testEnvironment that would replace that of jest-loop. Put this line in the place of both`,
        lines: [PRESET],
      };
    return {
      why: `${why}, and a testEnvironment. Put the preset in its place, and name a file with the other two lines in testEnvironment`,
      lines: [PRESET, ...withLoop(environment)],
    };
  }
  if (environment === undefined) return { why: 'it has another preset. Add these lines', lines: BESIDE };
  if (isPlain)
    return {
      why: 'it has another preset. Add these lines, the first in the place of its testEnvironment',
      lines: BESIDE,
    };
  const [, ...others] = BESIDE;
  return {
    why: 'it has another preset and a testEnvironment. Add the first two lines, and name a file with the other two in testEnvironment',
    lines: [...others, ...withLoop(environment)],
  };
}

function environmentAdvice(environment: Member): Advice {
  if (isJestsNode(environment))
    return {
      why: 'its testEnvironment would replace that of jest-loop. Put this line in its place',
      lines: [PRESET],
    };
  return {
    why: 'it has a testEnvironment. Add the preset, and name a file with the other two lines in testEnvironment',
    lines: [PRESET, ...withLoop(environment)],
  };
}

function isJestsNode({ text }: Member): boolean {
  return text === 'node' || text === 'jest-environment-node';
}

/** A file with an environment on top of the given one. */
function withLoop({ text = '…' }: Member): string[] {
  const base = text === 'jsdom' ? 'jest-environment-jsdom' : text;
  return [
    'const { withLoop } = require("jest-loop/environment");',
    `module.exports = withLoop(require("${base}"));`,
  ];
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
