import type Sequencer from '@jest/test-sequencer';
import type { Test } from 'jest-runner';
import { requireJest } from '../jest/process/jest-packages';
import { dirname } from '../node/path';

const jestSequencer = requireJest('@jest/test-sequencer') as { readonly default: typeof Sequencer };

/**
 * Jest's order of test files, except that the files of a directory run one after another, in the place of the first. So
 * each worker that runs some of them sets up a fixture of scope `directory` once. Name it as
 * `testSequencer: 'jest-loop/sequencer'`. See docs/scopes.md.
 */
class DirectorySequencer extends jestSequencer.default {
  override async sort(tests: Test[]): Promise<Test[]> {
    const byDirectory = new Map<string, Test[]>();
    for (const test of await super.sort(tests)) {
      // Each project has its own fixtures.
      const place = `${test.context.config.id}\0${dirname(test.path)}`;
      const known = byDirectory.get(place);
      if (known === undefined) byDirectory.set(place, [test]);
      else known.push(test);
    }
    return [...byDirectory.values()].flat();
  }
}

export = DirectorySequencer;
