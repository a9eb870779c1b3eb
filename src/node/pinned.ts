import { captured } from './captured';

/** A prototype that has all methods of another one, and of those above it, as they were when the first asked. */
export function methodsOf(name: string, prototype: () => object): object {
  return captured(name, () => ({ methods: copyOf(prototype()) }), 'methods').methods;
}

function copyOf(prototype: object): object {
  const all: PropertyDescriptorMap = {};
  let each: object | null = prototype;
  while (each !== null && each !== Object.prototype) {
    const found = Object.getOwnPropertyDescriptors(each) as PropertyDescriptorMap;
    for (const key of Reflect.ownKeys(found) as string[]) if (key !== 'constructor') all[key] ??= found[key]!;
    each = Object.getPrototypeOf(each) as object | null;
  }
  return Object.create(prototype, all);
}

/** Lets an object of ours have these methods, whatever a test puts on the prototype that it shares with others. */
export function pinned<T extends object>(object: T, methods: object): T {
  return Object.setPrototypeOf(object, methods) as T;
}
