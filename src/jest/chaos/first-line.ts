/** The first line of an error in circus' list, by which two failures are compared. */
export function firstLine(listed: unknown): string {
  const error: unknown = Array.isArray(listed) ? (listed[0] as unknown) : listed;
  try {
    const { message } = Object(error) as { message?: unknown };
    return String(typeof message === 'string' ? message : error).split('\n', 1)[0]!;
  } catch {
    // It has no text.
    return '';
  }
}
