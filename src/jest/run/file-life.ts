import { EVERYBODY } from '../../fixtures/declare/test-type';
import type { Loop, Task } from '../../loop';
import { isCancelled } from '../../loop/cancellation';
import { turn } from '../../process/real-time';
import { isDebugging } from '../../timeouts/clock';
import { type Planned, planTests } from '../collect/expand-tests';
import { planAllHooks } from '../collect/plan-hooks';
import { describeBlocks } from '../collect/register';
import { addHook, type DescribeBlock, isEnabled, NO_TIMEOUT, type State } from '../file/circus';
import type { UserFn } from '../file/registered';
import type { Session } from '../file/session';
import type { FileOwner } from '../report/route-errors';
import { endAttempt } from './run-test';
import { wrapAllHooks, wrapEachHooks } from './wrap';

/**
 * The end of collection (`run_start`): all is declared, nothing has run. Works out what each test needs,
 * multiplies tests by the values of parametrised fixtures, tells mistakes, and puts our functions in place of
 * those that are managed. What is not managed stays as Jest has it.
 */
export function collect(session: Session, state: State): void {
  session.checkCollected();
  const blocks = [...describeBlocks(state.rootDescribeBlock)];
  if (session.inUse) manage(session, state, blocks);
  if (isDebugging()) liftLimits(blocks);
}

/** Somebody may stop at a breakpoint: what Jest itself times has no limit either. */
function liftLimits(blocks: readonly DescribeBlock[]): void {
  for (const { children, hooks } of blocks) {
    for (const hook of hooks) hook.timeout = NO_TIMEOUT;
    for (const child of children) if (child.type === 'test') child.timeout = NO_TIMEOUT;
  }
}

function manage(session: Session, state: State, blocks: readonly DescribeBlock[]): void {
  const allHooks = planAllHooks(session, blocks);
  const planned = blocks.flatMap(block => planTests(session, state, block, allHooks));
  checkOverrides(session, blocks, state);
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
function checkOverrides(session: Session, blocks: readonly DescribeBlock[], state: State): void {
  const runs = new Set(
    blocks
      .filter(({ children }) => children.some(child => child.type === 'test' && isEnabled(child, state)))
      .map(block => session.blockOf(block)),
  );
  for (const declaration of session.overrides) {
    const { block, audience = EVERYBODY } = declaration;
    if (![...runs].some(each => block.contains(each))) continue;
    const problem = session.around.resolver.refuseOverride(declaration, block, audience);
    if (problem !== undefined) state.unhandledErrors.push(session.around.makeError(problem));
  }
}

/** Adds the hooks that end test attempts, describe blocks and the file: each the last of its kind. */
function addEnds(
  session: Session,
  state: State,
  planned: readonly Planned[],
  used: readonly DescribeBlock[],
): void {
  const root = state.rootDescribeBlock;
  const place = new session.kit.Error();
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
export function blockDone(session: Session, block: DescribeBlock): Promise<void> | undefined {
  return session.homes.has(session.blockOf(block)) ? endBlock(session, block) : undefined;
}

/** Ends what lives as long as a describe block; at the root, as long as the file. */
async function endBlock(session: Session, block: DescribeBlock): Promise<void> {
  const errors = await session.around.homes.close(
    session.blockOf(block),
    session.options.setup === 'parallel',
  );
  // Where Jest itself puts what an afterAll hook throws; there may be several.
  for (const error of errors) session.errors.add(error);
}

/** Nothing may be left at the end of a file, however its hooks went. */
export async function endFile(session: Session): Promise<void> {
  if (!session.inUse) return;
  // Node tells of rejections when the turn is over: those of the last test, and of the last teardown.
  await turn();
  const errors = await session.around.homes.closeAll(session.options.setup === 'parallel');
  for (const error of errors) session.errors.add(error);
  await Promise.all([...session.wideLoops].map(loop => leaveLoop(session, loop)));
  session.loops.clear();
  await turn();
}

/** What this file has started in a Loop that outlives it ends with the file. */
async function leaveLoop(session: Session, loop: Loop): Promise<void> {
  const own = [...loop.items].filter(
    ({ step }) => (step?.owner as FileOwner | undefined)?.file === session.ownedFile,
  );
  for (const item of own) item.cancel('the test file has ended');
  const ends = await Promise.all(own.map(item => (item as Partial<Task>).ended?.()));
  for (const end of ends) if (end !== undefined && !isCancelled(end.error)) session.errors.add(end.error);
}
