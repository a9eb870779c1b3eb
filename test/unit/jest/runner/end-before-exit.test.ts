import { endBeforeExit } from '../../../../src/jest/runner/end-before-exit';
import { turn } from '../../support';

let log: string[];
let isUp: boolean;
let target: Pick<NodeJS.Process, 'exit'>;

/** As Jest exits for `bail`: from a file of the package `exit-x`. */
const exitByJest = new Function(
  'target',
  'target.exit(1);\n//# sourceURL=/node_modules/exit-x/lib/exit.js',
) as (of: typeof target) => void;

beforeEach(() => {
  log = [];
  isUp = true;
  target = { exit: ((code: number) => void log.push(`exit ${code}`)) as never };
});

const end = async (): Promise<void> => {
  await turn();
  log.push('ended');
};

test('Jest exits when what is up has ended', async () => {
  endBeforeExit(() => isUp, end, target);
  exitByJest(target);
  expect(log).toEqual([]);
  await turn();
  await turn();
  expect(log).toEqual(['ended', 'exit 1']);
});

test('at once if nothing is up, and whenever others exit', () => {
  const restore = endBeforeExit(() => isUp, end, target);
  target.exit(2);
  isUp = false;
  exitByJest(target);
  restore();
  isUp = true;
  exitByJest(target);
  expect(log).toEqual(['exit 2', 'exit 1', 'exit 1']);
});
