/** The comment directly above a line (from 1) of a source text, without its marks. Empty without one. */
export function commentAbove(source: readonly string[], line: number): string[] {
  let at = line - 2;
  const last = source[at]?.trim();
  if (last === undefined) return [];
  const found: string[] = [];
  if (last.startsWith('//')) {
    for (; source[at]?.trim().startsWith('//'); at--)
      found.unshift(source[at]!.trim().replace(/^\/\/+ ?/, ''));
    return trimmed(found);
  }
  if (!last.endsWith('*/')) return [];
  for (; at >= 0; at--) {
    const text = source[at]!;
    found.unshift(text.trim());
    if (text.includes('/*')) break;
  }
  const [first = '', ...others] = found;
  // A comment that begins behind code belongs to that code.
  if (!first.startsWith('/*')) return [];
  const lines = [first.replace(/^\/\*+ ?/, ''), ...others.map(text => text.replace(/^\*(?!\/) ?/, ''))];
  lines.push(lines.pop()!.replace(/ ?\*+\/$/, ''));
  return trimmed(lines.map(text => text.trimEnd()));
}

function trimmed(lines: readonly string[]): string[] {
  const filled = lines.map(text => text !== '');
  const [from, to] = [filled.indexOf(true), filled.lastIndexOf(true)];
  return from < 0 ? [] : lines.slice(from, to + 1);
}
