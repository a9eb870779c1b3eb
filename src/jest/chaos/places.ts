import type { Decision, Logged } from '../../chaos/decisions';
import type { CallbackPlace } from '../../errors/loop/chaos';
import { isOwnPlace, parseFrame, siteOfError } from '../report/sites';

/** The callbacks whose order decides: what goes first in the order that passes, and in the one that fails. */
export function placesOf(
  step: Decision | undefined,
  rootDir: string,
): { readonly passing: CallbackPlace | undefined; readonly failing: CallbackPlace | undefined } {
  if (step === undefined) return { passing: undefined, failing: undefined };
  const both = [step.ready[0]!, step.taken];
  const stacks = both.map(work => placesIn(work, rootDir));
  // Both may come from one helper: then their callers tell them apart.
  let depth = 1;
  while (depth < MOST_FRAMES && stacks.every(places => depth < places.length) && same(stacks, depth)) depth++;
  // Two may be created on one line.
  const columns = same(stacks, depth) ? both.map(work => columnIn(work, rootDir)) : [];
  const differ = columns[0] !== columns[1];
  const [passing, failing] = both.map((work, index): CallbackPlace => {
    const [place, ...callers] = stacks[index]!.slice(0, depth);
    if (place === undefined) return { what: work.describe(), at: undefined };
    const at = differ ? place + columns[index] : place;
    return { what: work.describe(), at: [at, ...callers].join(' from ') };
  });
  return { passing, failing };
}

/** `:9`, that of the innermost frame of the user's. */
function columnIn({ site }: Logged, rootDir: string): string {
  const frame = parseFrame(siteOfError(site, rootDir).frames.split('\n').find(isOwnPlace) ?? '');
  return frame === undefined ? '' : `:${frame.column}`;
}

/** More would not help. */
const MOST_FRAMES = 5;

function same([one, other]: readonly (readonly string[])[], depth: number): boolean {
  return one!.slice(0, depth).join() === other!.slice(0, depth).join();
}

/** `test/a.test.js:12` of each of the user's frames. */
function placesIn({ site }: Logged, rootDir: string): string[] {
  if (site === undefined) return [];
  const { frames } = siteOfError(site, rootDir);
  const all = frames.split('\n').map(frame => siteOfError({ stack: frame }, rootDir).at);
  const places = all.filter(at => at !== undefined);
  // Several frames may be on one line.
  return places.filter((at, index) => at !== places[index - 1]);
}
