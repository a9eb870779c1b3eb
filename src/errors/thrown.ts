import { stringify } from '../node/json';
import { layOut, type Problem } from './problem';
import { shown } from './show';
import type { Asker, Declared } from './site';
import { asked, declared } from './words';

/** A fixture threw something other than an Error, which has no stack. */
export function threwNoError(
  declaration: Declared,
  phase: 'set-up' | 'teardown',
  thrown: unknown,
  requester: Asker | undefined,
): Problem {
  return {
    code: 'ERR_FIXTURE_THREW',
    message: layOut(
      `Fixture "${declaration.name}" threw ${shown(thrown)} in its ${phase}`,
      [declared(declaration), requester && asked(requester)],
      'throw an Error, which shows where it comes from.',
    ),
    frames: declaration.site.frames,
  };
}

/** A function of `fixture()` that calls its second parameter, as Playwright's and Vitest's fixtures call `use`. */
export function calledRequest(declaration: Declared, name: string): Problem {
  return {
    code: 'ERR_FIXTURE_PARAMETERS',
    message: layOut(
      `Fixture "${declaration.name}" calls ${name}(), but its second parameter is the request object.`,
      [
        declared(declaration),
        `\`use\` belongs to the object form, test.extend({ … }); fixture() takes a generator.`,
      ],
      `write fixture('${declaration.name}', async function* (…) { yield value; }) with the teardown after the yield, or test.extend({ ${property(declaration.name)}: async (…, use) => { await use(value); } }).`,
    ),
    frames: declaration.site.frames,
  };
}

const property = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : stringify(name));
