import { AsyncLocalStorage } from 'node:async_hooks';
import * as v8 from 'node:v8';
import * as vm from 'node:vm';
import * as ts from 'typescript';
import { type ContextValues, enterIsolated } from '../../../src/context/enter';
import { ContextRecording } from '../../../src/context/recording';
import { Step } from '../../../src/loop/steps/step';

export type Storage = AsyncLocalStorage<unknown>;

export function storage(): Storage {
  return new AsyncLocalStorage();
}

export function newStep(name = 'a step'): Step {
  return new Step(name, null, undefined);
}

export function sleep(ms = 1): Promise<void> {
  return new Promise(done => setTimeout(done, ms));
}

/** What a set-up that ran to its end left. */
export async function record(setUp: () => unknown, values: ContextValues = []): Promise<ContextValues> {
  const recording = new ContextRecording(newStep('a set-up'));
  try {
    await recording.begin(values, setUp);
  } finally {
    recording.stop();
  }
  return recording.values();
}

/** What a storage holds in a later step, with these values. */
export function seen(values: ContextValues, ...storages: Storage[]): unknown[] {
  return enterIsolated(newStep('a later step'), values, () => storages.map(each => each.getStore()));
}

/** Code of a test file, as an expression: in which realm it may run, and how it may be compiled. */
export const CODE: readonly (readonly [string, (source: string, globals: object) => unknown])[] = [
  ['in a vm context', inContext],
  ['in a vm context, for ES2015', (source, globals) => inContext(lowered(source), globals)],
  ['in the realm of Node', inNode],
];

function inContext(source: string, globals: object): unknown {
  return vm.runInContext(`(${source})`, vm.createContext({ ...globals }));
}

function inNode(source: string, globals: object): unknown {
  const make = vm.runInThisContext(`(function (${Object.keys(globals)}) { return (${source}); })`);
  return make(...Object.values(globals));
}

function lowered(source: string): string {
  const { outputText } = ts.transpileModule(`out = (${source});`, {
    compilerOptions: { target: ts.ScriptTarget.ES2015 },
  });
  return `(() => { let out; ${outputText} return out; })()`;
}

v8.setFlagsFromString('--expose-gc');
const gc = vm.runInNewContext('gc') as () => void;

/** Whether all of these are gone, soon. */
export async function collected(refs: readonly WeakRef<object>[]): Promise<boolean> {
  for (let i = 0; i < 20 && refs.some(ref => ref.deref() !== undefined); i++) {
    await sleep(5);
    gc();
  }
  return refs.every(ref => ref.deref() === undefined);
}
