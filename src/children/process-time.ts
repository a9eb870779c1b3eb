import { readFileSync } from '../node/fs';

/** Ticks per second in Linux's process times. */
const TICKS = 100;

let began: number | undefined;

/**
 * The current time on the clock of Linux's process start times, rounded down; undefined on other systems. Counted from
 * the start of this process: in a container, /proc/uptime may be the container's.
 */
export function timeNow(): number | undefined {
  began ??= readBegan();
  // `process.uptime` starts counting a little after the process starts.
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
