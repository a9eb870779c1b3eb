import type { SandboxFunction } from '../file/realm';

/** Adds properties that are made on first read and can be replaced, like Jest's own. */
export function addLazily(target: SandboxFunction, members: Readonly<Record<string, () => unknown>>): void {
  for (const [name, make] of Object.entries(members)) {
    const settle = (value: unknown): void => {
      Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true });
    };
    Object.defineProperty(target, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        const value = make();
        settle(value);
        return value;
      },
      set: settle,
    });
  }
}
