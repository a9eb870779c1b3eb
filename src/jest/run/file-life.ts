import { unsupportedJest } from '../../errors/tests';
import { EVERYBODY } from '../../fixtures/declare/test-type';
import type { Loop, Task } from '../../loop';
import { isCancelled } from '../../loop/steps/cancellation';
import { turn } from '../../process/real-time';
import { isDebugging } from '../../timeouts/clock';
import { type Planned, planTests } from '../collect/expand-tests';
import { planAllHooks } from '../collect/plan-hooks';
import { describeBlocks } from '../collect/register';
import { addHook, type DescribeBlock, isEnabled, NO_TIMEOUT, type State } from '../file/circus';
import type { UserFn } from '../file/registered';
import type { FileOwner } from '../report/route-errors';
import type { FileRun } from './file-run';
import { endAttempt } from './run-test';
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
  const allHooks = planAllHooks(session.testFile, session.planner, blocks);
  const planned = blocks.flatMap(block =>
    planTests(session.testFile, session.planner, state, block, allHooks),
  );
  checkOverrides(session, blocks, state);
  wrapTests(session, planned);
  wrapEachHooks(session, blocks, planned);
  wrapAllHooks(session, blocks, allHooks, planned);
  addEnds(
    session,
    state,
    planned,
    [...allHooks.values()].map(({ describe }) => describe),
  );
}

/** An override of nothing would be silent: who meant it asks for the right name. */
function checkOverrides(session: FileRun, blocks: readonly DescribeBlock[], state: State): void {
  const runs = new Set(
    blocks
      .filter(({ children }) => children.some(child => child.type === 'test' && isEnabled(child, state)))
      .map(block => session.testFile.blockOf(block)),
  );
  for (const declaration of session.testFile.overrides) {
    const { block, audience = EVERYBODY } = declaration;
    if (![...runs].some(each => block.contains(each))) continue;
    const problem = session.around.resolver.refuseOverride(declaration, block, audience);
    if (problem !== undefined) state.unhandledErrors.push(session.around.makeError(problem));
  }
}

/** Adds the hooks that end test attempts, describe blocks and the file: each the last of its kind. */
function addEnds(
  session: FileRun,
  state: State,
  planned: readonly Planned[],
  used: readonly DescribeBlock[],
): void {
  const root = state.rootDescribeBlock;
  const place = new session.testFile.kit.Error();
  const managed = new Set<DescribeBlock>();
  const withFixtures = planned.filter(({ plan }) => plan.needs.roots.length > 0 || plan.needs.passesDeps);
  for (const start of [...withFixtures.map(({ entry }) => entry.parent), ...used]) {
    for (let block: DescribeBlock | undefined = start; block !== undefined; block = block.parent)
      managed.add(block);
  }
  if (withFixtures.some(({ plan }) => plan.needs.hooked)) {
    const end: UserFn = () => {
      const entry = session.serial;
      return entry ? endAttempt(session, entry) : undefined;
    };
    addHook(root, 'afterEach', end, place);
  }
  for (const block of managed) addHook(block, 'afterAll', () => endBlock(session, block), place);
}

/** A describe block is over: what no hook has ended ends here. */
export function blockDone(session: FileRun, block: DescribeBlock): Promise<void> | undefined {
  return session.homes.has(session.testFile.blockOf(block)) ? endBlock(session, block) : undefined;
}

/** Ends what lives as long as a describe block; at the root, as long as the file. */
async function endBlock(session: FileRun, block: DescribeBlock): Promise<void> {
  const errors = await session.around.homes.close(
    session.testFile.blockOf(block),
    session.options.setup === 'parallel',
  );
  // Where Jest itself puts what an afterAll hook throws; there may be several.
  for (const error of errors) session.errors.add(error);
}

/** Nothing may be left at the end of a file, however its hooks went. */
export async function endFile(session: FileRun): Promise<void> {
  if (!session.testFile.inUse) return;
  // Node tells of rejections when the turn is over: those of the last test, and of the last teardown.
  await turn();
  const errors = await session.around.homes.closeAll(session.options.setup === 'parallel');
  for (const error of errors) session.errors.add(error);
  await Promise.all([...session.wideLoops].map(loop => leaveLoop(session, loop)));
  session.loops.clear();
  await turn();
}

/** What this file has started in a Loop that outlives it ends with the file. */
async function leaveLoop(session: FileRun, loop: Loop): Promise<void> {
  const own = [...loop.items].filter(
    ({ step }) => (step?.owner as FileOwner | undefined)?.file === session.testFile.ownedFile,
  );
  for (const item of own) item.cancel('the test file has ended');
  const ends = await Promise.all(own.map(item => (item as Partial<Task>).ended?.()));
  for (const end of ends) if (end !== undefined && !isCancelled(end.error)) session.errors.add(end.error);
}
