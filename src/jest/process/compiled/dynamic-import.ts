/**
 * `import()` of a module. In a bundle of its own: compiled code of what contains `import()` cannot be kept on Node 20.
 */
export function dynamicImport(specifier: string): Promise<unknown> {
  return import(specifier);
}
