import { layOut, type Problem } from './problem';
import { show } from './show';
import type { Asker, Declared } from './site';
import { asked, declared } from './words';

/** A generator that ended without a value. */
export function didNotYield(declaration: Declared, requester: Asker): Problem {
  return {
    code: 'ERR_FIXTURE_NO_YIELD',
    message: layOut(
      `Fixture "${declaration.name}" did not yield a value.`,
      [declared(declaration), asked(requester)],
      'yield the value once on every path, `yield undefined` if there is none, or make it a plain function that returns it.',
    ),
    frames: declaration.site.frames,
  };
}

/** A generator that yielded again instead of ending. */
export function yieldedTwice(declaration: Declared, requester: Asker): Problem {
  return {
    code: 'ERR_FIXTURE_YIELDED_TWICE',
    message: layOut(
      `Fixture "${declaration.name}" yielded twice; only teardown may follow the first yield.`,
      [declared(declaration), asked(requester)],
      'yield one value; for several values, declare several fixtures or yield an object.',
    ),
    frames: declaration.site.frames,
  };
}

/** An object-form function that returned without a value. */
export function useNotCalled(declaration: Declared, requester: Asker): Problem {
  return {
    code: 'ERR_USE_NOT_CALLED',
    message: layOut(
      `use() was not called in fixture "${declaration.name}".`,
      [declared(declaration), asked(requester)],
      'call `await use(value)` once on every path.',
    ),
    frames: declaration.site.frames,
  };
}

/** An object-form function that called `use` again. */
export function useCalledTwice(declaration: Declared, requester: Asker): Problem {
  return {
    code: 'ERR_USE_CALLED_TWICE',
    message: layOut(
      `use() was called twice in fixture "${declaration.name}".`,
      [declared(declaration), asked(requester)],
      'call `await use(value)` once; for several values, declare several fixtures or use an object.',
    ),
    frames: declaration.site.frames,
  };
}

/** An async object-form function that ended while its fixture was in use. */
export function useNotAwaited(declaration: Declared, requester: Asker): Problem {
  return {
    code: 'ERR_USE_NOT_AWAITED',
    message: layOut(
      `Fixture "${declaration.name}" did not await use(): it ended, teardown included, while the test still needed it.`,
      [declared(declaration), asked(requester)],
      'write `await use(value)`; it waits until the scope ends.',
    ),
    frames: declaration.site.frames,
  };
}

/** `request.onCleanup` without a function. */
export function invalidCleanup(got: unknown, requester: string): Problem {
  return {
    code: 'ERR_FIXTURE_VALUE',
    message: layOut(
      `request.onCleanup() of ${requester} expects a function, got ${show(got)}.`,
      [],
      'pass the function to run at the end: request.onCleanup(() => db.close()).',
    ),
  };
}

/** `request.get` after the requester's scope has ended. */
export function scopeEnded(name: string, requester: string): Problem {
  return {
    code: 'ERR_FIXTURE_ENDED',
    message: layOut(
      `request.get("${name}") of ${requester} came too late: its fixtures are down.`,
      [],
      'await everything that the test or fixture starts before it ends.',
    ),
  };
}
