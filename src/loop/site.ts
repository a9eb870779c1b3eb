/** The place that called `above`, kept as V8 has it until somebody reads it. */
export function siteOf(above: (...args: never[]) => unknown): Error {
  // One stack, not two: making an error takes one as well.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const site = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  Error.captureStackTrace(site, above);
  return site;
}

/** `, created at …`, where that is known. */
export function placeOf({ site }: { readonly site: Error | undefined }): string {
  const frame = site?.stack?.split('\n').find(line => /^\s+at /.test(line));
  return frame === undefined ? '' : `, created ${frame.trim()}`;
}
