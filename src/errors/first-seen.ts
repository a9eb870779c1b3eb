import { at } from './problem';

/** A hook names its place itself: `beforeAll hook at a.test.js:2`. */
const HOOK = '(?:before|after)(?:All|Each) hook';

/** Marks an error that another requester has seen: a test name is no place, as files may share it. */
export const firstSeen = (requester: string, place: string | undefined): string => {
  if (!new RegExp(`^${HOOK}(?: at |$)`).test(requester)) return `(first seen in "${requester}"${at(place)})`;
  return `(first seen in ${requester}${requester.includes(' at ') ? '' : at(place)})`;
};

/** The source of an expression for such a mark at the end of a message. */
export const FIRST_SEEN = `\\(first seen in (?:"[^\\n]*"|${HOOK})(?: at [^\\n]*)?\\)`;
