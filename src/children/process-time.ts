import { readFileSync } from '../node/fs';

/** In a second, for all that Linux tells to programs. */
const TICKS = 100;

let began: number | undefined;

/**
 * The time as Linux says when a process began, rather too early than too late; undefined elsewhere. Counted from the
 * beginning of this process: in a container, /proc/uptime may be that of the container.
 */
export function timeNow(): number | undefined {
  began ??= readBegan();
  // This process has begun a little before it began to count.
  return Number.isNaN(began) ? undefined : began + Math.floor(process.uptime() * TICKS) - 1;
}

function readBegan(): number {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  } catch {
    return Number.NaN;
  }
}
