/** How many edits (insert, remove, replace, swap neighbours) turn `a` into `b`. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2]! + 1);
      }
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}

/** The known names that `name` was probably meant to be, nearest first, at most three. */
export function nearest(name: string, known: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  return known
    .map(candidate => ({ candidate, far: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, far }) => far <= mostEdits(wanted, candidate) || isPart(wanted, candidate))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** A key that is probably a misspelt one of `known`, and that one. Other keys may be meant for a subclass. */
export function misspeltKey(
  given: object,
  known: readonly string[],
): { readonly key: string; readonly meant: string } | undefined {
  for (const key of Object.keys(given)) {
    const [meant] = known.includes(key) ? [] : nearest(key, known);
    if (meant !== undefined) return { key, meant };
  }
  return undefined;
}

/** With more edits, any two short words are alike. */
function mostEdits(name: string, candidate: string): number {
  const length = Math.min(name.length, candidate.length);
  if (length < 2) return 0;
  return length < 4 ? 1 : Math.max(2, Math.floor(length / 3));
}

/** One or two letters occur in nearly every name. */
function isPart(name: string, candidate: string): boolean {
  return name.length > 2 && candidate.toLowerCase().includes(name);
}
