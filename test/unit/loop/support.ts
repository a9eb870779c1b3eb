import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import * as os from 'node:os';
import * as path from 'node:path';
import { Loop, type LoopOptions } from '../../../src/loop';
import { type ExceptionContext, type Owner, runIn, Step } from '../../../src/loop/steps/step';
import { processState } from '../../../src/process/process-state';

/** The timers of Node: those of the sandbox belong to Loops once there is one. */
export const { real } = processState;

/** Waits in real time, in no Loop. */
export const wait = (ms: number): Promise<void> => new Promise(resolve => real.setTimeout(resolve, ms));

/** A turn of Node's event loop, in no Loop. */
export const turn = (): Promise<void> => new Promise(resolve => real.setImmediate(resolve));

/** Lets nothing else run for `ms`, as a machine that stalls. */
export function stall(ms: number): void {
  for (const over = real.now() + ms; real.now() < over; );
}

/** Waits for something to happen. */
export async function until(happened: () => boolean): Promise<void> {
  for (const over = real.now() + 5000; !happened() && real.now() < over; ) await wait(1);
}

/** A promise that never settles. */
export const forever = new Promise<never>(() => {});

const loops: Loop[] = [];

/** A Loop that is closed after the test, with a short grace period. */
export function newLoop(options?: LoopOptions): Loop {
  const loop = new Loop(options);
  loop.grace = 100;
  loops.push(loop);
  return loop;
}

/** An owner that collects exceptions, as a test does. */
export class Recorder implements Owner {
  readonly label = 'test "records"';
  readonly contexts: ExceptionContext[] = [];
  readonly step: Step;

  constructor(readonly loop: Loop | null) {
    this.step = new Step('test', loop, undefined, this);
  }

  caught(context: ExceptionContext): void {
    this.contexts.push(context);
  }

  /** Runs code as that of a test. */
  run<T>(fn: () => T): T {
    return runIn(this.step, fn);
  }

  get messages(): string[] {
    return this.contexts.map(({ message }) => message);
  }

  get exceptions(): unknown[] {
    return this.contexts.map(({ exception }) => exception);
  }
}

/** What an awaited thing is rejected with; undefined where it is not. */
export async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    return error;
  }
}

const ROOT = path.resolve(__dirname, '../../..');
let built: string | undefined;

/** The package as it is built, for processes of their own. */
function build(): string {
  if (built !== undefined) return built;
  built = fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-'));
  const loop = ['src/loop', 'src/process', 'src/node', 'src/util'].flatMap(folder =>
    (fs.readdirSync(path.join(ROOT, folder), { recursive: true }) as string[])
      .filter(name => name.endsWith('.ts'))
      .map(name => `${folder}/${name}`),
  );
  const errors = ['guide', 'loop/backends', 'loop/loop', 'nearest', 'problem', 'show', 'loop/executor'].map(
    name => `src/errors/${name}.ts`,
  );
  const esbuild = path.join(ROOT, 'node_modules/.bin/esbuild');
  const flags = [
    '--format=cjs',
    '--target=node20',
    '--outbase=src',
    '--log-level=error',
    `--outdir=${built}`,
  ];
  execFileSync(esbuild, [...loop, ...errors, ...flags], { cwd: ROOT });
  return built;
}

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string[];
  readonly err: string;
}

/**
 * Runs a program without Jest, where `Loop` and all else of the package are names. `say` prints. What comes before
 * `before` is not loaded yet.
 */
export function alone(program: string, { flags = [] as string[], before = '', module = false } = {}): Ended {
  const entry = JSON.stringify(path.join(build(), 'loop/index.js'));
  const names =
    'Loop, Future, Task, sleep, getRunningLoop, getEventLoop, setEventLoop, newEventLoop, CancelledError, LoopClosedError';
  const load = module
    ? `import { createRequire } from 'node:module'; const { ${names} } = createRequire('/')(${entry});`
    : `const { ${names} } = require(${entry});`;
  const source = `${before}\n${load}
    const say = (...args) => console.log(...args);
    ${module ? program : `(async () => { ${program} })();`}`;
  const file = path.join(build(), `program.${module ? 'mjs' : 'cjs'}`);
  fs.writeFileSync(file, source);
  const child = spawnSync(process.execPath, [...flags, file], { encoding: 'utf8', timeout: 60_000 });
  return { code: child.status, out: child.stdout.split('\n').slice(0, -1), err: child.stderr };
}

// All code of this process shares these modules; other test files want Node's own functions.
const load = createRequire(__filename);
const modules = ['node:timers', 'node:timers/promises'].map(name => load(name) as Record<string, unknown>);
const { scheduler } = modules[1] as { scheduler: object };
const originals = modules.map(module =>
  Object.entries(module).filter(([, value]) => typeof value === 'function'),
);

afterEach(async () => {
  await Promise.all(loops.splice(0).map(loop => loop.close()));
});
afterAll(() => {
  for (const [index, module] of modules.entries())
    Object.assign(module, Object.fromEntries(originals[index]!));
  delete (scheduler as { wait?: unknown }).wait;
  syncBuiltinESMExports();
  if (built !== undefined) fs.rmSync(built, { recursive: true, force: true });
});
