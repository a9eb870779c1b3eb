import type { Context } from 'node:vm';
import type { BuiltInModule } from '../../fixtures/declare/loaded-built-ins';
import { bundleFile, runBundle } from '../process/compiled/load-code';

/**
 * Runs a bundle of ours in the realm of a test file, past Jest's modules: a project may mock all that it loads, or
 * transform it. Compiled once for the process.
 */
export function loadInto(context: Context, name: BuiltInModule | 'loop-core' | 'realm'): object {
  return runBundle(bundleFile(name), script => script.runInContext(context));
}
