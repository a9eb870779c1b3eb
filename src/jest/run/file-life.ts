import { unsupportedJest } from '../../errors/tests';
import type { Namespace } from '../../fixtures/declare/declaration';
import { ALL_TESTS } from '../../fixtures/declare/test-type';
import type { Loop, Task } from '../../loop';
import { isCancelled } from '../../loop/steps/cancellation';
import * as promises from '../../node/promise';
import { turn } from '../../process/real-time';
import { isDebugging } from '../../timeouts/clock';
import { type Planned, planTests } from '../collect/expand-tests';
import { groupTests, type Uses } from '../collect/group-tests';
import { hasFixtures } from '../collect/needs';
import { planAllHooks } from '../collect/plan-hooks';
import { describeBlocks } from '../collect/register';
import { addHook, type DescribeBlock, isEnabled, NO_TIMEOUT, type State } from '../file/circus';
import type { UserFn } from '../file/registered';
import type { FileOwner } from '../report/route-errors';
import type { Attempt } from './attempt';
import { endAttempt } from './end-attempt';
import type { FileRun } from './file-run';
import { endGroup, startGroup } from './groups';
import { wrapAllHooks, wrapEachHooks, wrapTests } from './wrap';

/**
 * The end of collection (`run_start`): all is declared, nothing has run. Works out what each test needs,
 * multiplies tests by the values of parametrised fixtures, tells mistakes, and puts our functions in place of
 * those that are managed. What is not managed stays as Jest has it.
 */
export function collect(fileRun: FileRun, state: State): void {
  // This Jest loads setup files in a way that we cannot follow.
  if (!fileRun.testFile.collecting) fileRun.errors.add(fileRun.host.makeError(unsupportedJest()));
  const blocks = [...describeBlocks(state.rootDescribeBlock)];
  if (fileRun.testFile.inUse) manage(fileRun, state, blocks);
  if (isDebugging()) liftLimits(blocks);
}

/** Somebody may stop at a breakpoint: what Jest itself times has no limit either. */
function liftLimits(blocks: readonly DescribeBlock[]): void {
  for (const { children, hooks } of blocks) {
    for (const hook of hooks) hook.timeout = NO_TIMEOUT;
    for (const child of children) if (child.type === 'test') child.timeout = NO_TIMEOUT;
  }
}

function manage(fileRun: FileRun, state: State, blocks: readonly DescribeBlock[]): void {
  const { planner, testFile } = fileRun;
  const allHooks = planAllHooks(testFile, planner, blocks);
  const uses: Uses = new Map();
  const planned = blocks.flatMap(block => planTests(testFile, planner, state, block, allHooks, uses));
  checkOverrides(fileRun, blocks, state);
  wrapTests(fileRun, planned);
  wrapEachHooks(fileRun, blocks, planned);
  const used = [...allHooks.values()].map(({ describe }) => describe);
  if (uses.size > 0) groupTests(fileRun.testFile, fileRun.plans, state, uses, allHooks);
  const nodes = uses.size > 0 ? [...describeBlocks(state.rootDescribeBlock)] : blocks;
  wrapAllHooks(fileRun, nodes, allHooks, planned);
  addEnds(fileRun, state, nodes, planned, used);
}

/** An override of nothing would be silent: who meant it asks for the right name. */
function checkOverrides(fileRun: FileRun, blocks: readonly DescribeBlock[], state: State): void {
  const runs = new Set(
    blocks
      .filter(({ children }) => children.some(child => child.type === 'test' && isEnabled(child, state)))
      .map(block => fileRun.testFile.blockOf(block)),
  );
  for (const declaration of fileRun.testFile.overrides) {
    const { block, testType = ALL_TESTS } = declaration;
    if (![...runs].some(each => block.contains(each))) continue;
    const problem = fileRun.host.resolver.refuseOverride(declaration, block, testType);
    if (problem !== undefined) state.unhandledErrors.push(fileRun.host.makeError(problem));
  }
}

/** Adds the hooks that end test attempts, describe blocks and the file: each the last of its kind. */
function addEnds(
  fileRun: FileRun,
  state: State,
  nodes: readonly DescribeBlock[],
  planned: readonly Planned[],
  used: readonly DescribeBlock[],
): void {
  const root = state.rootDescribeBlock;
  const place = new fileRun.testFile.realm.Error();
  const managed = new Set<Namespace>();
  const withFixtures = planned.filter(({ plan }) => hasFixtures(plan.needs));
  for (const start of [...withFixtures.map(({ entry }) => entry.parent), ...used]) {
    for (let block: DescribeBlock | undefined = start; block !== undefined; block = block.parent)
      managed.add(fileRun.testFile.blockOf(block));
  }
  if (withFixtures.some(({ entry }) => !entry.concurrent)) {
    const end: UserFn = () => {
      const entry = fileRun.serial;
      return entry ? endAttempt(fileRun, entry) : undefined;
    };
    addHook(root, 'afterEach', end, place);
  }
  for (const node of nodes) {
    if (managed.has(fileRun.testFile.blockOf(node)))
      addHook(node, 'afterAll', () => endBlock(fileRun, node), place);
  }
}

/** A describe block is run, perhaps once more. */
export function blockStarts(fileRun: FileRun, block: DescribeBlock): void {
  const group = fileRun.testFile.groups.get(block);
  if (group === undefined) fileRun.reopen(fileRun.testFile.blockOf(block));
  else startGroup(fileRun, group);
}

/** A describe block is over: what no hook has ended ends here. */
export function blockDone(fileRun: FileRun, block: DescribeBlock): Promise<void> | undefined {
  if (fileRun.testFile.groups.has(block)) return endBlock(fileRun, block);
  return fileRun.homes.has(fileRun.testFile.blockOf(block)) ? endBlock(fileRun, block) : undefined;
}

/** Ends what lives as long as a describe block or group of tests; at the root, as long as the file. */
async function endBlock(fileRun: FileRun, block: DescribeBlock): Promise<void> {
  fileRun.gate.open();
  const parallel = fileRun.options.setup === 'parallel';
  const group = fileRun.testFile.groups.get(block);
  const errors =
    group === undefined
      ? await fileRun.host.homes.close(fileRun.testFile.blockOf(block), parallel)
      : await endGroup(fileRun, group, parallel);
  // Where Jest itself puts what an afterAll hook throws; there may be several.
  for (const error of errors) fileRun.errors.add(error);
}

/** Nothing may be left at the end of a file, however its hooks went. */
export async function endFile(fileRun: FileRun): Promise<void> {
  if (!fileRun.testFile.inUse) return;
  // Node tells of rejections when the turn is over: those of the last test, and of the last teardown.
  await turn();
  if (fileRun.homes.any) fileRun.gate.open();
  const errors = await fileRun.host.homes.closeAll(fileRun.options.setup === 'parallel');
  for (const error of errors) fileRun.errors.add(error);
  await promises.all([...fileRun.wideLoops].map(loop => leaveLoop(fileRun, loop)));
  fileRun.loops.clear();
  await turn();
}

/**
 * Jest has given a file up before its end, as it does where the `handleTestEvent` of an environment throws: no hook and
 * no event comes any more, and what is noted of errors is dropped. What is up goes down, and the errors are told.
 */
export async function endAbandoned(fileRun: FileRun): Promise<void> {
  const state = fileRun.testFile.state as State | undefined;
  if (fileRun.testFile.ownedFile.ended || state?.hasStarted !== true) return;
  const errors: unknown[] = [];
  for (const attempt of fileRun.active.values() as Iterable<Attempt>) {
    if (attempt.over) continue;
    attempt.ended = true;
    errors.push(...(await attempt.close()));
  }
  if (fileRun.homes.any) await endFile(fileRun);
  errors.push(...fileRun.errors.untold());
  fileRun.testFile.ownedFile.ended = true;
  for (const error of errors) fileRun.errors.add(error);
}

/** What this file has started in a Loop that outlives it ends with the file. */
async function leaveLoop(fileRun: FileRun, loop: Loop): Promise<void> {
  const own = [...loop.pending].filter(
    ({ step }) => (step?.owner as FileOwner | undefined)?.file === fileRun.testFile.ownedFile,
  );
  for (const item of own) item.cancel('the test file has ended');
  const ends = await promises.all(own.map(item => (item as Partial<Task>).ended?.()));
  for (const end of ends) if (end !== undefined && !isCancelled(end.error)) fileRun.errors.add(end.error);
}
