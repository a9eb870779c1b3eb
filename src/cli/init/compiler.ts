import { createRequire } from 'node:module';
import { hasBabel } from '../../config/typescript';
import { compilersGuide, INSTALL_SWC, INSTALL_TS_JEST, swcTransform } from '../../errors/project/compiler';
import { readFileSync } from '../../node/fs';
import * as json from '../../node/json';
import * as path from '../../node/path';
import type { Member } from './config-object';
import { type ConfigFile, manifestOf } from './find-config';
import { newestMajor } from './newest-major';

/** What is left to do until TypeScript is compiled: why, and the lines for it. */
export type CompilerAdvice = readonly [why: string, lines: readonly string[]];

/** ts-jest needs the JavaScript API of TypeScript, which ended with 6. */
const NEWEST_FOR_TS_JEST = 6;

/** Whether a project in TypeScript needs SWC: its TypeScript is too new for ts-jest, and it has no Babel. */
export function needsSwc(folder: string): boolean {
  const version = typeScriptIn(folder);
  return version !== undefined && version > NEWEST_FOR_TS_JEST && !hasBabel(folder);
}

/** What a project in TypeScript has to install and to configure for its compiler; nothing if it has one. */
export function compilerAdvice(folder: string, config: ConfigFile | undefined): CompilerAdvice[] {
  const transform = config?.object?.members.find(({ name }) => name === 'transform');
  const isSwc = transform !== undefined && swcTransform(false).includes(textOf(transform, config!));
  if (hasBabel(folder) || (transform !== undefined && !isSwc)) return [];
  if (!needsSwc(folder)) return resolveFrom(folder, 'ts-jest') === undefined ? [tsJestAdvice(folder)] : [];
  const advice: CompilerAdvice[] = [];
  const why = `TypeScript needs a compiler, and ts-jest supports only versions up to ${NEWEST_FOR_TS_JEST}`;
  const isInstalled = ['@swc/core', '@swc/jest'].every(name => resolveFrom(folder, name) !== undefined);
  if (!isInstalled) advice.push([`${why}. Install SWC`, [INSTALL_SWC]]);
  if (!isSwc)
    advice.push([
      `${isInstalled ? `${why}. Add` : 'and add'} this line to the configuration of Jest (for other compilers see ${compilersGuide()})`,
      [swcTransform(config?.isJson === true)],
    ]);
  return advice;
}

function tsJestAdvice(folder: string): CompilerAdvice {
  const install = typeScriptIn(folder) === undefined ? INSTALL_TS_JEST : 'npm install --save-dev ts-jest';
  return ['TypeScript needs a compiler. Install it', [install]];
}

/** A member of the configuration as its file has it. */
function textOf({ start, end }: Member, { text }: ConfigFile): string {
  return text.slice(start, end);
}

/** The major version of TypeScript that is installed, or else the newest that `package.json` allows. */
function typeScriptIn(folder: string): number | undefined {
  const file = resolveFrom(folder, 'typescript/package.json');
  if (file !== undefined) {
    const { version } = Object(json.parse(readFileSync(file, 'utf8'))) as { version?: unknown };
    return newestMajor(String(version));
  }
  const { dependencies, devDependencies } = manifestOf(folder) ?? {};
  const { typescript } = { ...dependencies, ...devDependencies } as { typescript?: unknown };
  return typeof typescript === 'string' ? newestMajor(typescript) : undefined;
}

function resolveFrom(folder: string, name: string): string | undefined {
  try {
    return createRequire(path.join(folder, 'package.json')).resolve(name);
  } catch {
    return undefined;
  }
}
