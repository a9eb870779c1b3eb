import { invalidTestCall, markedLate } from '../errors/tests';
import { siteOf } from './api-fixture';
import type { SandboxFunction } from './realm';
import type { Session } from './session';

/** `mark`: statements for the enclosing describe block or file. */
export function makeMark(session: Session): Record<string, unknown> {
  const mark = session.kit.newObject();
  mark.useFixtures = session.kit.wrap((names, outer) => {
    const checked = readNames(session, 'mark.useFixtures()', names, outer);
    if (session.state.hasStarted) throw session.around.makeError(markedLate(siteOf(session, outer)));
    markHere(session, checked);
  });
  return mark;
}

/** The arguments of `useFixtures('a', 'b')`. */
export function readNames(
  session: Session,
  call: string,
  names: readonly unknown[],
  outer: SandboxFunction,
): string[] {
  const wrong = names.find(name => typeof name !== 'string' || name === '');
  if (names.length > 0 && names.every(name => typeof name === 'string' && name !== ''))
    return names as string[];
  throw session.around.makeError(
    invalidTestCall(
      `Expected ${call} to be called with names of fixtures`,
      wrong,
      `call it as ${call.replace('()', "('a', 'b')")}.`,
      siteOf(session, outer),
    ),
  );
}

function markHere(session: Session, names: readonly string[]): void {
  const block = session.here();
  session.marks.set(block, [...(session.marks.get(block) ?? []), ...names]);
}

type Describe = SandboxFunction & Record<string, SandboxFunction>;

/** Adds `useFixtures` to Jest's own `describe` and its forms, which stay as they are. */
export function addDescribeModifiers(session: Session, describe: SandboxFunction): SandboxFunction {
  const whole = describe as Describe;
  for (const form of [whole, whole.only!, whole.skip!]) {
    (form as Describe).useFixtures = session.kit.wrap((names, outer) =>
      marked(session, form, readNames(session, 'describe.useFixtures()', names, outer)),
    );
  }
  return describe;
}

/** A `describe` whose block starts with a mark. */
function marked(session: Session, describe: SandboxFunction, names: readonly string[]): SandboxFunction {
  const { wrap } = session.kit;
  const begin = (fn: unknown): unknown =>
    typeof fn === 'function'
      ? function (this: unknown, ...row: unknown[]) {
          markHere(session, names);
          return fn.apply(this, row);
        }
      : fn;
  const made = wrap(([name, fn]) => describe(name, begin(fn))) as Describe;
  const { each, only, skip } = describe as Describe;
  made.each = wrap(table => wrap(([name, fn]) => (each!(...table) as SandboxFunction)(name, begin(fn))));
  if (only !== undefined) made.only = marked(session, only, names);
  if (skip !== undefined) made.skip = marked(session, skip, names);
  made.useFixtures = wrap((more, outer) =>
    marked(session, describe, [...names, ...readNames(session, 'describe.useFixtures()', more, outer)]),
  );
  return made;
}
