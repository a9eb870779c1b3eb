import { at, layOut, type Problem } from '../problem';
import type { NamedRequester, Site } from '../site';
import { capital } from '../words';

/* Mistakes in the configuration: the environment and the setup files. Each prints the line that fixes it. */

/** `setupFilesAfterEnv` as a configuration has it. */
const listOf = (files: readonly string[]): string =>
  `setupFilesAfterEnv: [${files.map(file => `'${file}'`).join(', ')}]`;

const SETUP = 'jest-loop/setup';
const ENVIRONMENT = "testEnvironment: 'jest-loop/environment',";

/** The environment runs without the setup file. `files` are those of `setupFilesAfterEnv`. */
export function setupMissing(files: readonly string[], called?: { name: string; site: Site }): Problem {
  return {
    code: 'ERR_NO_ENVIRONMENT',
    message: layOut(
      called === undefined
        ? 'jest-loop/environment runs this file without its setup file.'
        : `${called.name}() was called, but nothing has loaded the setup file of jest-loop.`,
      [called && `called${at(called.site.at)}`],
      'use the preset, or put the setup file first in the configuration:',
      [`${listOf([SETUP, ...files])},`],
    ),
    frames: called?.site.frames ?? '',
  };
}

/** A call of ours in a file before the setup file. */
export function setupNotFirst(name: string, site: Site, files: readonly string[]): Problem {
  return {
    code: 'ERR_NO_ENVIRONMENT',
    message: layOut(
      `${name}() was called before the setup file of jest-loop was loaded: it is not the first of setupFilesAfterEnv.`,
      [`called${at(site.at)}`],
      'put it first in the configuration:',
      [`${listOf([SETUP, ...files.filter(file => file !== SETUP)])},`],
    ),
    frames: site.frames,
  };
}

/** A call of ours in one of `setupFiles`, which run before Jest's test functions exist. */
export function calledInSetupFiles(name: string, site: Site, file: string | undefined): Problem {
  return {
    code: 'ERR_NO_ENVIRONMENT',
    message: layOut(
      `${name}() was called in a file of setupFiles, which run before Jest's test functions exist.`,
      [`called${at(site.at)}`],
      'move the file from setupFiles to setupFilesAfterEnv in the configuration:',
      [`${listOf([file ?? '…'])},`],
    ),
    frames: site.frames,
  };
}

/** The setup file among `setupFiles`; `otherEnvironment`: another environment runs the file, too. */
export function setupInSetupFiles(files: readonly string[], otherEnvironment = false): Problem {
  const isThere = files.includes(SETUP);
  return {
    code: 'ERR_NO_ENVIRONMENT',
    message: layOut(
      `'${SETUP}' is in setupFiles, which run before Jest's test functions exist.`,
      [],
      isThere
        ? 'remove it from setupFiles; setupFilesAfterEnv has it already.'
        : 'remove it from setupFiles, and put it first in setupFilesAfterEnv:',
      isThere ? [] : [...(otherEnvironment ? [ENVIRONMENT] : []), `${listOf([SETUP, ...files])},`],
    ),
    frames: '',
  };
}

/** The environment that runs a file in place of ours. */
export interface OtherEnvironment {
  /** Its name in the configuration or comment, if known. */
  readonly name: string | undefined;
  /** Named in a `@jest-environment` comment, not in the configuration. */
  readonly inComment: boolean;
}

/** A call of ours where our environment does not run. */
export function noEnvironment(name: string, other?: OtherEnvironment): Problem {
  const [fix, lines] =
    other === undefined
      ? (["use the preset in Jest's configuration:", ["preset: 'jest-loop',"]] as const)
      : fixForEnvironment(other);
  return {
    code: 'ERR_NO_ENVIRONMENT',
    message: layOut(
      `${name}() of jest-loop needs jest-loop's environment, which does not run this file.`,
      [other && whichRuns(other)],
      fix,
      lines,
    ),
  };
}

/** A test or hook that requests fixtures under another environment. */
export function fixturesInOtherEnvironment(
  requester: NamedRequester,
  file: string,
  other: OtherEnvironment,
): Problem {
  return {
    code: 'ERR_NO_ENVIRONMENT',
    message: layOut(
      `${capital(requester.label)} requests fixtures, but the environment that runs ${file} is not jest-loop's.`,
      [`registered${at(requester.site.at)}`, whichRuns(other)],
      ...fixForEnvironment(other),
    ),
    frames: requester.site.frames,
  };
}

function whichRuns({ name, inComment }: OtherEnvironment): string {
  if (inComment) return `The @jest-environment comment of the file names "${name}".`;
  const which = name === undefined ? "not jest-loop's" : `"${name}"`;
  return `The environment is ${which}: the configuration sets testEnvironment, or does not use the preset.`;
}

/** An unknown version of Jest, which gives no sign when its setup files are done. */
export function unsupportedJest(): Problem {
  return {
    code: 'ERR_NO_ENVIRONMENT',
    message: layOut(
      'jest-loop cannot tell setup files from the test file: it does not know how this version of Jest loads them.',
      [],
      'use a Jest version that jest-loop lists in its peerDependencies, and report this.',
    ),
  };
}

/** How to make another environment one of ours. */
export function fixForEnvironment({
  name,
  inComment,
}: OtherEnvironment): readonly [fix: string, lines: string[]] {
  if (/^(?:jest-environment-)?node$/.test(name ?? '')) {
    return inComment
      ? ["remove the comment; jest-loop's environment is Jest's Node environment.", []]
      : [
          "remove `testEnvironment` from the configuration: the preset's own is Jest's environment for Node, with fixtures. Without the preset, write:",
          [ENVIRONMENT],
        ];
  }
  const base = name === undefined || !/^[\w-]+$/.test(name) ? '…' : packageOf(name);
  return [
    `write these two lines, the first in a file of its own (docs/environments.md):`,
    [
      `module.exports = require("jest-loop/environment").withLoop(require("${base}")); // jest-environment.js`,
      inComment
        ? '/** @jest-environment ./jest-environment.js */'
        : "testEnvironment: '<rootDir>/jest-environment.js', // jest.config.js",
    ],
  ];
}

/** `jsdom` is short for `jest-environment-jsdom`; `happy-dom` has its own scheme. */
function packageOf(environment: string): string {
  if (environment === 'happy-dom') return '@happy-dom/jest-environment';
  return environment.startsWith('jest-environment-') ? environment : `jest-environment-${environment}`;
}
