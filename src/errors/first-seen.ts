import { at } from './problem';

/** Marks an error that another requester has seen: a test name is no place, as files may share it. */
export const firstSeen = (requester: string, place: string | undefined): string =>
  `(first seen in "${requester}"${at(place)})`;

/** The source of an expression for such a mark at the end of a message. */
export const FIRST_SEEN = '\\(first seen in "[^\\n]*"(?: at [^\\n]*)?\\)';
