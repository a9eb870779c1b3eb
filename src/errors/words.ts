import { at } from './problem';
import type { Asker, Declared } from './site';

/** Who wants something: `asked for by test "adds" at test/a.test.ts:3`. */
export const asked = (asker: Asker): string => `asked for by ${asker.label}${at(asker.site.at)}`;

/** Where a fixture stands: `"db" is declared at test/fixtures.ts:8`. */
export const declared = (declaration: Declared): string =>
  declaration.site.at === undefined
    ? `"${declaration.name}" is built in`
    : `"${declaration.name}" is declared at ${declaration.site.at}`;

/** An asker at the head of a sentence. */
export const capital = (label: string): string =>
  label.includes('hook') ? `The ${label}` : label[0]!.toUpperCase() + label.slice(1);
