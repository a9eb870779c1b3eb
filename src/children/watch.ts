import { ChildProcess } from '../node/child-process';
import { Reaper } from './reaper';

/** On the function that stands in place of Node's. */
const WATCHED = Symbol.for('jest-loop.children');

type Spawn = (this: ChildProcess, options: { readonly detached?: boolean }) => unknown;

/**
 * From now on no child process that fixture code starts outlives this process, even where that is killed and nobody
 * can clean up. Once in a process (in a thread, where threads run tests), whatever loads this how often. On Windows
 * nothing is done.
 */
export function watchChildren(isFixtureCode: () => boolean, platform: string = process.platform): void {
  const methods = ChildProcess.prototype as unknown as { spawn: Spawn };
  const { spawn } = methods;
  if (WATCHED in spawn || platform === 'win32') return;
  const reaper = new Reaper();
  const watched: Spawn = function (options) {
    // The helper is a child as well.
    if (reaper.starting || !isFixtureCode()) return spawn.call(this, options);
    reaper.expect();
    try {
      return spawn.call(this, options);
    } finally {
      const { pid } = this;
      if (pid === undefined) {
        reaper.missing();
      } else {
        reaper.add(pid, options.detached === true);
        this.once('exit', () => reaper.remove(pid));
      }
    }
  };
  methods.spawn = Object.assign(watched, { [WATCHED]: true });
}
