import { stringify } from '../../node/json';
import { layOut, type Problem } from '../problem';
import { show } from '../show';

const OWN_MODULE = 'or move it into its own module and pass the path of that.';

/** Work that is neither a function nor a path. */
export function invalidWork(work: unknown): Problem {
  return problem(
    `Expected a function or the path of a module to run in an executor, got ${show(work)}.`,
    'give a self-contained function, or the absolute path of a module whose default export is one.',
  );
}

/** Arguments that are not in an array. */
export function invalidArguments(label: string, args: unknown): Problem {
  return problem(
    `The arguments for ${label} in an executor are ${show(args)}, not an array.`,
    'call executor.run(work, [first, second, …]), with [] for none; loop.runInExecutor(work, first, …) takes them as they are.',
  );
}

/** A function whose source cannot be called on its own. */
export function unreadableWork(label: string, reason: string): Problem {
  return problem(
    `The source of ${label} cannot run in an executor: ${reason}.`,
    `give a plain function that calls it, ${OWN_MODULE}`,
  );
}

/** A relative path, which would mean another file in the worker. */
export function relativeModule(path: string): Problem {
  return problem(
    `The module path ${stringify(path)} is not absolute, and an executor has no directory to resolve it from.`,
    'resolve it first, as `require.resolve("./work.js")` or `new URL("./work.js", import.meta.url).href` do.',
  );
}

/** An argument that cannot be cloned. */
export function argumentNotCloneable(label: string, index: number, value: unknown, reason: string): Problem {
  return problem(
    `Argument ${index + 1} for ${label} cannot be sent to an executor: ${show(value)}.`,
    'pass what structuredClone() can copy: no functions, sockets, proxies or WeakMaps.',
    reason,
  );
}

/** An executor of the user's that is still closing. */
export function executorNotClosed(ms: number): Problem {
  return problem(
    `An executor did not close within ${ms} ms.`,
    'let its close() end what it waits for, and resolve.',
  );
}

/** A result that cannot be cloned. */
export function resultNotCloneable(label: string, reason: string): Problem {
  return problem(
    `The result of ${label} cannot be sent back from its executor.`,
    'return what structuredClone() can copy: no functions, generators, sockets or proxies.',
    reason,
  );
}

/** A function that uses variables from outside; `message` is the engine's. */
export function outerVariable(label: string, message: string): Problem {
  return problem(
    `${message}: ${label} runs in another thread or process, without the variables, imports and compiler helpers around it.`,
    `pass what it needs as arguments, load modules inside it with require(), ${OWN_MODULE}`,
  );
}

/** A module that could not be loaded. */
export function moduleNotLoaded(label: string, reason: string): Problem {
  return problem(
    `Could not load ${label} in an executor.`,
    'give the path of a file that this Node can import by itself: Jest does not transform it.',
    reason,
  );
}

/** A module with nothing to call. */
export function noDefaultFunction(label: string, found: string): Problem {
  return problem(
    `The default export of ${label} is not a function: ${found}.`,
    'export the function with `export default` or `module.exports =`.',
  );
}

/** A thread or process that exited on its own. */
export function workerDied(label: string, reason: string): Problem {
  return problem(
    `The thread or process that ran ${label} exited before it finished.`,
    'do not call process.exit() in it; if it was killed, see what it prints and how much memory it takes.',
    reason,
  );
}

/** Work for a closed executor, or still running when it closed. */
export function executorClosed(label: string): Problem {
  return problem(
    `The executor of ${label} is closed.`,
    'await everything that runs in an executor before you close it or its Loop.',
  );
}

/** An invalid number of threads or processes. */
export function invalidPoolSize(size: unknown): Problem {
  return problem(
    `Expected the size of a pool to be an integer of at least 1, got ${show(size)}.`,
    'omit it to use 4.',
  );
}

function problem(what: string, fix: string, fact?: string): Problem {
  return { code: 'ERR_EXECUTOR', message: layOut(what, [fact], fix) };
}
