import { endDependants } from '../../fixtures/life/instance/end-dependants';
import type { Loop } from '../../loop';
import type { ProjectRoots } from '../file/setup-files';
import type { TestFile } from '../file/test-file';
import { describeFixtureFiles } from '../report/fixture-files';
import { SharedFixtures } from '../shared/shared-fixtures';
import { successorOf } from './attempt/attempt-loop';
import { caughtOfWider, handledOfWider, makeFixtureHost } from './fixture-host';
import { FileRun } from './state/file-run';
import type { Gate } from './state/gate';

/** The run of a test file, before its realm exists. */
export function makeFileRun(testFile: TestFile, gate: Gate): FileRun {
  testFile.fixtureFiles = () =>
    describeFixtureFiles(testFile.info.config as ProjectRoots, testFile.testPath, directory =>
      testFile.declarations.some(
        ({ namespace }) => namespace.kind === 'directory' && namespace.label === directory,
      ),
    );
  const closeLoop = async (run: FileRun, loop: Loop): Promise<void> => {
    loop.successor = step => successorOf(run, loop, step);
    await loop.close();
    run.loops.delete(loop);
  };
  return new FileRun(testFile, closeLoop, gate);
}

/** The setup file has opened the realm: from now on fixtures can live in it. */
export function openRealm(run: FileRun): void {
  const { testFile } = run;
  run.host = makeFixtureHost(run, testFile.realm);
  run.shared = new SharedFixtures(testFile, {
    caught: (instance, context, step) => caughtOfWider(run, instance, context, step),
    handled: promise => handledOfWider(run, promise),
    endDependants: (instance, error) => endDependants(instance, run.host, error).seenIn,
  });
}
