import type * as childProcess from 'node:child_process';
import { captured } from './capture/captured';
import { methodsOf, pinned } from './capture/pinned';

export type ChildProcess = childProcess.ChildProcess;

export const { ChildProcess, spawn } = captured(
  'child_process',
  () => require('node:child_process') as typeof childProcess,
  'ChildProcess',
  'spawn',
);

const CHILD = methodsOf('child_process/ChildProcess', () => ChildProcess.prototype);

/** A child with Node's own methods, even if its prototype was patched. */
export function ownChild(child: childProcess.ChildProcess): childProcess.ChildProcess {
  return pinned(child, CHILD);
}
