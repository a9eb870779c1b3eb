/** A file as readers show it: relative to the root of its project, with `/`. Runs in browsers, too: without Node's `path`. */
export function shownPath(root: string, file: string): string {
  const separator = root.startsWith('/') ? '/' : '\\';
  const folder = root.endsWith(separator) ? root : root + separator;
  const shown = file.startsWith(folder) ? file.slice(folder.length) : file;
  return shown.split(separator).join('/');
}
