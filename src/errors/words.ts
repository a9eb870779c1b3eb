import { at } from './problem';
import type { Declared, NamedRequester } from './site';

/** The requester: `requested by test "adds" at test/a.test.ts:3`. */
export const requestedBy = (requester: NamedRequester): string =>
  `requested by ${requester.label}${at(requester.site.at)}`;

/** A fixture's place: `"db" is declared at test/fixtures.ts:8`. */
export const declared = (declaration: Declared): string =>
  declaration.site.at === undefined
    ? `"${declaration.name}" is built in`
    : `"${declaration.name}" is declared at ${declaration.site.at}`;

/** A requester at the start of a sentence. */
export const capital = (label: string): string =>
  label.includes('hook') ? `The ${label}` : label[0]!.toUpperCase() + label.slice(1);
