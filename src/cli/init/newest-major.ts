/** The newest major version in a range; infinite where it has no upper end, undefined where it is not a range. */
export function newestMajor(range: string): number | undefined {
  // An alias has its range after the name.
  const alternatives = range.replace(/^npm:.*@/, '').split('||');
  const majors = alternatives.map(each => newestOf(each.trim())).filter(each => each !== undefined);
  return majors.length === 0 ? undefined : Math.max(...majors);
}

function newestOf(range: string): number | undefined {
  const [, equal, below, rest] = /<(=?)\s*v?(\d+)([.\d]*)/.exec(range) ?? [];
  if (below !== undefined) {
    // What is below 7.0.0 is 6 at most.
    const leavesOut = equal === '' && !/[1-9]/.test(rest!);
    return Number(below) - (leavesOut ? 1 : 0);
  }
  if (/^(>|\*|x$|$|latest$|next$|beta$|rc$)/i.test(range)) return Number.POSITIVE_INFINITY;
  const last = range.split(' - ').at(-1)!;
  const [, major] = /^[\^~=v\s]*(\d+)/.exec(last) ?? [];
  return major === undefined ? undefined : Number(major);
}
