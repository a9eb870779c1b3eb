import { captured } from './captured';

/*
 * Node's own loader looks up `fs.readFileSync` for each file: under a test's mock, a module that we load would be what
 * the mock returns.
 */
type Members = Readonly<Record<string, unknown>>;

/** The modules that the loader and the transforms use, and their original functions. */
const MODULES = (['fs', 'path', 'url', 'os', 'crypto', 'vm'] as const).map(name => {
  const load = (): Record<string, unknown> => require(`node:${name}`) as Record<string, unknown>;
  return captured(
    `original/${name}`,
    () => ({ module: load(), members: functionsOf(load()) }),
    'module',
    'members',
  );
});

/** Leaves getters alone: `crypto.webcrypto` and its like load much code when they are read. */
function functionsOf(module: object): Members {
  const members: Record<string, unknown> = {};
  // All descriptors at once take twice as long, in each process.
  for (const name of Object.getOwnPropertyNames(module)) {
    const value: unknown = Object.getOwnPropertyDescriptor(module, name)!.value;
    if (typeof value === 'function') members[name] = value;
  }
  return members;
}

/** Calls `fn` with Node's own functions in these modules, then restores a test's mocks. */
export function withOriginals<T>(fn: () => T): T {
  const away: (() => void)[] = [];
  for (const { module, members } of MODULES) {
    for (const [name, member] of Object.entries(members)) {
      const mock = Object.getOwnPropertyDescriptor(module, name);
      if (mock?.value === member || mock?.configurable === false) continue;
      Object.defineProperty(module, name, {
        value: member,
        configurable: true,
        enumerable: true,
        writable: true,
      });
      away.push(() => {
        if (module[name] !== member) return;
        if (mock === undefined) Reflect.deleteProperty(module, name);
        else Object.defineProperty(module, name, mock);
      });
    }
  }
  try {
    return fn();
  } finally {
    for (const back of away) back();
  }
}
