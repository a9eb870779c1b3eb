import { captured } from './captured';

/** A prototype with all methods of another and its ancestors, as they were on first use. */
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

/** Gives an object of ours these methods, whatever a test puts on the shared prototype. */
export function pinned<T extends object>(object: T, methods: object): T {
  return Object.setPrototypeOf(object, methods) as T;
}
