import { ChildProcess } from '../node/child-process';
import { Reaper } from './reaper';

/** Marks the stand-in for Node's function. */
const WATCHED = Symbol.for('jest-loop.children');

type Spawn = (this: ChildProcess, options: { readonly detached?: boolean }) => unknown;

/**
 * Makes every child process that fixture code starts end with this process, even if that is killed and cannot clean up.
 * Takes effect once per process (or thread that runs tests), however often this is loaded. Does nothing on Windows.
 */
export function watchChildren(isFixtureCode: () => boolean, platform: string = process.platform): void {
  const methods = ChildProcess.prototype as unknown as { spawn: Spawn };
  const { spawn } = methods;
  if (WATCHED in spawn || platform === 'win32') return;
  const reaper = new Reaper();
  const watched: Spawn = function (options) {
    // The helper is a child, too.
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
