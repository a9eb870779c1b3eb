import { relative, sep } from '../../node/path';

/** A file as readers show it: relative to the root of its project, with `/`. */
export function shownPath(root: string, file: string): string {
  const found = relative(root, file);
  return (found === '' || found.startsWith('..') ? file : found).split(sep).join('/');
}
