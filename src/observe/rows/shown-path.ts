/**
 * A file as readers show it, with `/`: relative to the first of these folders that it lies in. Runs in browsers, too:
 * without Node's `path`.
 */
export function shownPath(file: string, ...roots: readonly string[]): string {
  for (const root of roots) {
    const separator = separatorOf(root);
    const folder = root.endsWith(separator) ? root : root + separator;
    if (root !== '' && file.startsWith(folder)) return withSlashes(file.slice(folder.length), separator);
  }
  return file.startsWith('/') ? file : withSlashes(file, '\\');
}

/** A place such as `a.test.ts:12`, which the `root` of its project shortened, as readers show it. */
export function shownPlace(at: string, root: string, runRoot: string): string {
  if (root === runRoot || /^(\/|[A-Za-z]:)/.test(at)) return at;
  const separator = separatorOf(root);
  return shownPath(root + separator + at.split('/').join(separator), runRoot, root);
}

const separatorOf = (root: string): string => (root.startsWith('/') ? '/' : '\\');

const withSlashes = (file: string, separator: string): string => file.split(separator).join('/');
