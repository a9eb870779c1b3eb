import * as fs from 'node:fs';
import * as path from 'node:path';
import { inspect } from 'node:util';

/** Whether this copy of the module is loaded in the sandbox of a test file. */
export const inside: boolean = !(inspect instanceof Function);

/** Adds an event to the report of the run, with the process in which it happens. */
export function log(event: string): void {
  const line = JSON.stringify({ pid: process.pid, inside, event });
  fs.appendFileSync(path.join(process.env.JEST_LOOP_EVENTS!, 'run'), `${line}\n`);
}

/** Waits `ms`. */
export const wait = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/** Waits until some process of the run has logged an event. */
export async function logging(event: string): Promise<void> {
  const file = path.join(process.env.JEST_LOOP_EVENTS!, 'run');
  while (!fs.readFileSync(file, 'utf8').includes(JSON.stringify(event))) await wait(10);
}

/** The body of a fixture that logs when it comes up and goes down. Its value is an object of its own. */
export function logged(name: string): () => AsyncGenerator<{ name: string; pid: number }> {
  return async function* () {
    log(`${name} up`);
    yield { name, pid: process.pid };
    log(`${name} down`);
  };
}
