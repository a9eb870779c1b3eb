import { at } from './problem';
import type { Declared, NamedRequester } from './site';

/** The requester: `requested by test "adds" at test/a.test.ts:3`, with the call that names the fixture elsewhere. */
export function requestedBy(requester: NamedRequester): string {
  const by = elsewhere(requester);
  return `requested by ${requester.label}${at(requester.site.at)}${by ? `, by ${by.call}${at(by.site.at)}` : ''}`;
}

/** The stack of the place that names the fixture. */
export const framesOf = (requester: NamedRequester): string =>
  (elsewhere(requester) ?? requester).site.frames;

const elsewhere = ({ by, site }: NamedRequester): NamedRequester['by'] =>
  by?.site.at === undefined || by.site.at === site.at ? undefined : by;

/** A fixture's place: `"db" is declared at test/fixtures.ts:8`. */
export const declared = (declaration: Declared): string =>
  declaration.site.at === undefined ? `"${declaration.name}" is built in` : written(declaration);

/** The same of a declaration that is refused, so is never built in. */
export const written = ({ name, site, mustOverride }: Declared): string =>
  `"${name}" is ${overriddenOr('declared', mustOverride)}${at(site.at)}`;

export const overriddenOr = (word: string, mustOverride: boolean | undefined): string =>
  mustOverride === true ? 'overridden' : word;

/** A requester at the start of a sentence. */
export const capital = (label: string): string =>
  label.includes('hook') ? `The ${label}` : label[0]!.toUpperCase() + label.slice(1);

/** What a function may wait for that has read `request.signal`, and has started nothing in a Loop. */
export const WITH_SIGNAL =
  'a call that takes request.signal, or another promise of your code or of a library';

/** Whether the message of an error says that a time limit has expired. */
export const saysExpired = (message: unknown): boolean =>
  typeof message === 'string' && /^.*\(timeout=[\d.]+ms\)/.test(message);
