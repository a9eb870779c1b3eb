import type { SandboxFunction } from './realm';
import type { Session } from './session';

/** `mark`: statements for the enclosing describe block or file. */
export function makeMark(session: Session): Record<string, unknown> {
  const mark = session.kit.newObject();
  mark.useFixtures = session.kit.wrap(names => markHere(session, names as string[]));
  return mark;
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
    (form as Describe).useFixtures = session.kit.wrap(names => marked(session, form, names as string[]));
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
  made.useFixtures = wrap(more => marked(session, describe, [...names, ...(more as string[])]));
  return made;
}
