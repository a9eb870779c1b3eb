/** The place that called `above`, kept as V8 has it until somebody reads it. */
export function siteOf(above: (...args: never[]) => unknown): Error {
  // Not `new Error()`: that takes a stack as well, and one is dear enough.
  const site = Object.create(Error.prototype) as Error;
  Error.captureStackTrace(site, above);
  return site;
}

/** `, created at …`, where that is known. */
export function placeOf({ site }: { readonly site: Error | undefined }): string {
  const frame = site?.stack?.split('\n').find(line => /^\s+at /.test(line));
  return frame === undefined ? '' : `, created ${frame.trim()}`;
}
