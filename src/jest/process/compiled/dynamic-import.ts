/** `import()` of a module. A bundle of its own: on Node 20, `import()` fails in code from a cache. */
export function dynamicImport(specifier: string): Promise<unknown> {
  return import(specifier);
}
