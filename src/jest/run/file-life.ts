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
export function collect(session: FileRun, state: State): void {
  // This Jest loads setup files in a way that we cannot follow.
  if (!session.testFile.collecting) session.errors.add(session.around.makeError(unsupportedJest()));
  const blocks = [...describeBlocks(state.rootDescribeBlock)];
  if (session.testFile.inUse) manage(session, state, blocks);
  if (isDebugging()) liftLimits(blocks);
}

/** Somebody may stop at a breakpoint: what Jest itself times has no limit either. */
function liftLimits(blocks: readonly DescribeBlock[]): void {
  for (const { children, hooks } of blocks) {
    for (const hook of hooks) hook.timeout = NO_TIMEOUT;
    for (const child of children) if (child.type === 'test') child.timeout = NO_TIMEOUT;
  }
}

function manage(session: FileRun, state: State, blocks: readonly DescribeBlock[]): void {
  const { planner, testFile } = session;
  const allHooks = planAllHooks(testFile, planner, blocks);
  const uses: Uses = new Map();
  const planned = blocks.flatMap(block => planTests(testFile, planner, state, block, allHooks, uses));
  checkOverrides(session, blocks, state);
  wrapTests(session, planned);
  wrapEachHooks(session, blocks, planned);
  const used = [...allHooks.values()].map(({ describe }) => describe);
  if (uses.size > 0) groupTests(session.testFile, session.plans, state, uses, allHooks);
  const nodes = uses.size > 0 ? [...describeBlocks(state.rootDescribeBlock)] : blocks;
  wrapAllHooks(session, nodes, allHooks, planned);
  addEnds(session, state, nodes, planned, used);
}

/** An override of nothing would be silent: who meant it asks for the right name. */
function checkOverrides(session: FileRun, blocks: readonly DescribeBlock[], state: State): void {
  const runs = new Set(
    blocks
      .filter(({ children }) => children.some(child => child.type === 'test' && isEnabled(child, state)))
      .map(block => session.testFile.blockOf(block)),
  );
  for (const declaration of session.testFile.overrides) {
    const { block, audience = ALL_TESTS } = declaration;
    if (![...runs].some(each => block.contains(each))) continue;
    const problem = session.around.resolver.refuseOverride(declaration, block, audience);
    if (problem !== undefined) state.unhandledErrors.push(session.around.makeError(problem));
  }
}

/** Adds the hooks that end test attempts, describe blocks and the file: each the last of its kind. */
function addEnds(
  session: FileRun,
  state: State,
  nodes: readonly DescribeBlock[],
  planned: readonly Planned[],
  used: readonly DescribeBlock[],
): void {
  const root = state.rootDescribeBlock;
  const place = new session.testFile.kit.Error();
  const managed = new Set<Namespace>();
  const withFixtures = planned.filter(({ plan }) => hasFixtures(plan.needs));
  for (const start of [...withFixtures.map(({ entry }) => entry.parent), ...used]) {
    for (let block: DescribeBlock | undefined = start; block !== undefined; block = block.parent)
      managed.add(session.testFile.blockOf(block));
  }
  if (withFixtures.some(({ entry }) => !entry.concurrent)) {
    const end: UserFn = () => {
      const entry = session.serial;
      return entry ? endAttempt(session, entry) : undefined;
    };
    addHook(root, 'afterEach', end, place);
  }
  for (const node of nodes) {
    if (managed.has(session.testFile.blockOf(node)))
      addHook(node, 'afterAll', () => endBlock(session, node), place);
  }
}

/** A describe block is run, perhaps once more. */
export function blockStarts(session: FileRun, block: DescribeBlock): void {
  const group = session.testFile.groups.get(block);
  if (group === undefined) session.reopen(session.testFile.blockOf(block));
  else startGroup(session, group);
}

/** A describe block is over: what no hook has ended ends here. */
export function blockDone(session: FileRun, block: DescribeBlock): Promise<void> | undefined {
  if (session.testFile.groups.has(block)) return endBlock(session, block);
  return session.homes.has(session.testFile.blockOf(block)) ? endBlock(session, block) : undefined;
}

/** Ends what lives as long as a describe block or group of tests; at the root, as long as the file. */
async function endBlock(session: FileRun, block: DescribeBlock): Promise<void> {
  session.gate.open();
  const parallel = session.options.setup === 'parallel';
  const group = session.testFile.groups.get(block);
  const errors =
    group === undefined
      ? await session.around.homes.close(session.testFile.blockOf(block), parallel)
      : await endGroup(session, group, parallel);
  // Where Jest itself puts what an afterAll hook throws; there may be several.
  for (const error of errors) session.errors.add(error);
}

/** Nothing may be left at the end of a file, however its hooks went. */
export async function endFile(session: FileRun): Promise<void> {
  if (!session.testFile.inUse) return;
  // Node tells of rejections when the turn is over: those of the last test, and of the last teardown.
  await turn();
  if (session.homes.any) session.gate.open();
  const errors = await session.around.homes.closeAll(session.options.setup === 'parallel');
  for (const error of errors) session.errors.add(error);
  await promises.all([...session.wideLoops].map(loop => leaveLoop(session, loop)));
  session.loops.clear();
  await turn();
}

/**
 * Jest has given a file up before its end, as it does where the `handleTestEvent` of an environment throws: no hook and
 * no event comes any more, and what is noted of errors is dropped. What is up goes down, and the errors are told.
 */
export async function endAbandoned(session: FileRun): Promise<void> {
  const state = session.testFile.state as State | undefined;
  if (session.testFile.ownedFile.ended || state?.hasStarted !== true) return;
  const errors: unknown[] = [];
  for (const attempt of session.active.values() as Iterable<Attempt>) {
    if (attempt.over) continue;
    attempt.ended = true;
    errors.push(...(await attempt.close()));
  }
  if (session.homes.any) await endFile(session);
  errors.push(...session.errors.untold());
  session.testFile.ownedFile.ended = true;
  for (const error of errors) session.errors.add(error);
}

/** What this file has started in a Loop that outlives it ends with the file. */
async function leaveLoop(session: FileRun, loop: Loop): Promise<void> {
  const own = [...loop.items].filter(
    ({ step }) => (step?.owner as FileOwner | undefined)?.file === session.testFile.ownedFile,
  );
  for (const item of own) item.cancel('the test file has ended');
  const ends = await promises.all(own.map(item => (item as Partial<Task>).ended?.()));
  for (const end of ends) if (end !== undefined && !isCancelled(end.error)) session.errors.add(end.error);
}
