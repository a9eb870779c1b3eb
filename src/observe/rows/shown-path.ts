/**
 * A file as readers show it, with `/`: relative to the first of these folders that it lies in. Runs in browsers, too:
 * without Node's `path`.
 */
export function shownPath(file: string, ...roots: readonly string[]): string {
  for (const root of roots) {
    const separator = root.startsWith('/') ? '/' : '\\';
    const folder = root.endsWith(separator) ? root : root + separator;
    if (root !== '' && file.startsWith(folder)) return withSlashes(file.slice(folder.length), separator);
  }
  return file.startsWith('/') ? file : withSlashes(file, '\\');
}

const withSlashes = (file: string, separator: string): string => file.split(separator).join('/');
