import type { Part } from './parts';

/**
 * What a search finds: parts whose name, kind or file has all its words; with `failed`, failures alone. Undefined where
 * everything is found.
 */
export function searched(query: string, failed: boolean): ((part: Part) => boolean) | undefined {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && !failed) return undefined;
  return part => (!failed || part.failed) && words.every(word => part.text.includes(word));
}
