import { guidePage } from '../guide';
import { layOut } from '../problem';

export const INSTALL_SWC = 'npm install --save-dev @swc/core @swc/jest';
/** With the newest TypeScript that ts-jest supports. */
export const INSTALL_TS_JEST = 'npm install --save-dev ts-jest typescript@6';
export const compilersGuide = (): string => guidePage('typescript.md#compilers');

/** The line of a configuration that makes SWC compile. `isJson`: names are quoted. */
export function swcTransform(isJson: boolean): string {
  return isJson
    ? '"transform": { "\\\\.[jt]sx?$": "@swc/jest" },'
    : "transform: { '\\\\.[jt]sx?$': '@swc/jest' },";
}

/** What Babel says of a file with TypeScript where it has no preset for that. */
export function babelReadTypeScript(error: string): string {
  const text = layOut(
    error,
    ["Babel, Jest's default compiler, read this file without a preset for TypeScript."],
    'compile TypeScript with one of these:',
    [
      `SWC, for any version of TypeScript: ${INSTALL_SWC}`,
      `  and in Jest's configuration: ${swcTransform(false)}`,
      `ts-jest, for TypeScript up to 6: ${INSTALL_TS_JEST}`,
      "Babel: add @babel/preset-typescript, beside @babel/preset-env, to Babel's configuration",
    ],
  );
  return `${text}\n  See: ${compilersGuide()}`;
}
