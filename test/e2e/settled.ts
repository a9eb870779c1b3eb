import type { Report } from './report';

/**
 * What Jest says of a process that does not end by itself: of a worker after 500 ms, of its own after a second. On a
 * machine that is busy with other things it says so as well of one that holds on to nothing.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-worker/src/base/BaseWorkerPool.ts#L17
 */
const LINGERS = /failed to exit gracefully|has been force exited|did not exit/;
/** On a machine that has ten processes for two cores, every second run lingers that keeps Jest's limits. */
const RUNS = 8;
const TRIES = 3;

/** The first run in which all processes ended in time, or the last: what we hold on to lingers in each. */
export function settled<T extends Report | { readonly report: Report }>(run: () => T): T {
  let result = run();
  for (let runs = 1; runs < RUNS && lingers(outputOf(result)); runs++) result = run();
  return result;
}

/** The same, of runs that are watched. */
export async function settledLater<T extends { readonly output: string }>(run: () => Promise<T>): Promise<T> {
  let result = await run();
  for (let runs = 1; runs < RUNS && lingers(result.output); runs++) result = await run();
  return result;
}

/** Whether Jest says so. */
export function lingers(output: string): boolean {
  return LINGERS.test(output);
}

function outputOf(result: Report | { readonly report: Report }): string {
  return 'report' in result ? result.report.output : result.output;
}

/**
 * The report of a project as `expected.txt` has it, or the last that differs: some have limits of 20 ms, and a machine
 * may stall for longer. Those that differ are printed.
 */
export function expectedOf(describe: () => string, expected: string): string {
  let report = describe();
  for (let tries = 1; tries < TRIES && report !== expected; tries++) {
    console.warn(`differed:\n${report}`);
    report = describe();
  }
  return report;
}
