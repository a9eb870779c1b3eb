import { createRequire } from 'node:module';
import { hasBabel } from '../../config/typescript';
import { COMPILERS_GUIDE, INSTALL_SWC, INSTALL_TS_JEST, swcTransform } from '../../errors/project/compiler';
import { readFileSync } from '../../node/fs';
import * as json from '../../node/json';
import * as path from '../../node/path';
import { type ConfigFile, manifestOf } from './find-config';
import { newestMajor } from './newest-major';

/** What is left to do until TypeScript is compiled: why, and the lines for it. */
export type CompilerAdvice = readonly [why: string, lines: readonly string[]];

/** ts-jest needs the JavaScript API of TypeScript, which ended with 6. */
const NEWEST_FOR_TS_JEST = 6;

/** The compiler that a project in TypeScript has to install; nothing if it has one. */
export function compilerAdvice(folder: string, config: ConfigFile | undefined): CompilerAdvice[] {
  if (hasBabel(folder) || config?.object?.members.some(({ name }) => name === 'transform')) return [];
  const version = typeScriptIn(folder);
  if (version !== undefined && version > NEWEST_FOR_TS_JEST)
    return [
      [
        `TypeScript needs a compiler, and ts-jest supports only versions up to ${NEWEST_FOR_TS_JEST}. Install SWC`,
        [INSTALL_SWC],
      ],
      [
        `and add this line to the configuration of Jest (for other compilers see ${COMPILERS_GUIDE})`,
        [swcTransform(config?.isJson === true)],
      ],
    ];
  if (resolveFrom(folder, 'ts-jest') !== undefined) return [];
  const install = version === undefined ? INSTALL_TS_JEST : 'npm install --save-dev ts-jest';
  return [['TypeScript needs a compiler. Install it', [install]]];
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
