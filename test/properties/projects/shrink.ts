import { check } from './check';
import { mistakeIn } from './generate';
import type { Block, Fixture, Hook, Project, Test, TestFile } from './project';
import { run, type Way } from './run-projects';

/** The smallest project that still fails: all that are one step smaller run in one Jest, until none of them does. */
export function shrink(project: Project, way: Way): Project {
  for (;;) {
    const smaller = smallerOf(project)
      .filter(each => mistakeIn(each) === undefined)
      // Each has a folder of its own.
      .map((each, index) => ({ ...each, seed: 1_000_000 + index }));
    if (smaller.length === 0) return project;
    const failing = [...run(smaller, way)].find(([each, ran]) => check(each, ran).length > 0);
    if (failing === undefined) return project;
    project = { ...failing[0], seed: project.seed };
  }
}

/** The biggest steps first. */
function smallerOf(project: Project): Project[] {
  const { directories, files } = project;
  return [
    ...(files.length > 1 ? without(files) : []).map(left => ({ ...project, files: left })),
    ...Object.entries(directories).flatMap(([name, fixtures]) =>
      smallerLists(fixtures, smallerFixtures).map(left => ({
        ...project,
        directories: { ...directories, [name]: left },
      })),
    ),
    ...within(files, smallerFiles).map(left => ({ ...project, files: left })),
  ];
}

const without = <T>(list: readonly T[]): T[][] =>
  list.map((_, index) => list.filter((_other, at) => at !== index));

/** The list with one of its members smaller. */
const within = <T>(list: readonly T[], smaller: (one: T) => T[]): T[][] =>
  list.flatMap((one, index) =>
    smaller(one).map(less => list.map((other, at) => (at === index ? less : other))),
  );

const smallerLists = <T>(list: readonly T[], smaller: (one: T) => T[]): T[][] => [
  ...without(list),
  ...within(list, smaller),
];

function smallerFiles(file: TestFile): TestFile[] {
  return [
    ...(file.retries > 0 ? [{ ...file, retries: file.retries - 1 }] : []),
    ...(file.parallel ? [{ ...file, parallel: false }] : []),
    ...smallerBlocks(file.root).map(root => ({ ...file, root })),
  ];
}

function smallerBlocks(block: Block): Block[] {
  const { fixtures, hooks, tests, blocks } = block;
  const all = [
    ...smallerLists(blocks, smallerBlocks).map(left => ({ ...block, blocks: left })),
    ...smallerLists(tests, smallerCallers<Test>).map(left => ({ ...block, tests: left })),
    ...smallerLists(hooks, smallerCallers<Hook>).map(left => ({ ...block, hooks: left })),
    ...smallerLists(fixtures, smallerFixtures).map(left => ({ ...block, fixtures: left })),
    ...(block.skip ? [{ ...block, skip: false }] : []),
  ];
  // Jest refuses a block without a test.
  return all.filter(({ tests, blocks }) => tests.length + blocks.length > 0);
}

function smallerCallers<T extends Test | Hook>(caller: T): T[] {
  const { asks, cleanups, fails } = caller;
  return [
    ...without(asks).map(left => ({ ...caller, asks: left })),
    ...without(cleanups).map(left => ({ ...caller, cleanups: left })),
    ...(fails === 'no' ? [] : [{ ...caller, fails: 'no' }]),
    ...(fails !== 'no' && caller.how !== 'throw' ? [{ ...caller, how: 'throw' }] : []),
    ...('gets' in caller ? without(caller.gets).map(left => ({ ...caller, gets: left })) : []),
    ...('form' in caller && caller.form !== 'plain' ? [{ ...caller, form: 'plain' }] : []),
  ] as T[];
}

function smallerFixtures(fixture: Fixture): Fixture[] {
  const { deps, cleanups, setUp, tearDown, auto, params, turns, task } = fixture;
  return [
    ...without(deps).map(left => ({ ...fixture, deps: left })),
    ...without(cleanups).map(left => ({ ...fixture, cleanups: left })),
    ...(setUp === 'no' ? [] : [{ ...fixture, setUp: 'no' as const }]),
    ...(tearDown === 'no' ? [] : [{ ...fixture, tearDown: 'no' as const }]),
    ...(auto ? [{ ...fixture, auto: false }] : []),
    ...(params > 0 ? [{ ...fixture, params: params - 1 }] : []),
    ...(turns > 0 ? [{ ...fixture, turns: 0 }] : []),
    ...(task ? [{ ...fixture, task: false }] : []),
  ];
}
