import type { ObservedError, PhaseOutcome } from './event';

/** How many characters of a message, or of a stack, the stream takes. */
const LONGEST = 4000;

/** An error as the stream shows it. Whatever was thrown, this does not throw. */
export function observedError(thrown: unknown): ObservedError {
  // Jest keeps the place of a test beside the error.
  const error: unknown = Array.isArray(thrown) ? thrown[0] : thrown;
  try {
    const { message, stack } = Object(error) as { message?: unknown; stack?: unknown };
    if (typeof message !== 'string') return { message: cut(String(error)) };
    const frames = typeof stack === 'string' ? framesOf(stack) : '';
    return { message: cut(message), ...(frames !== '' && { stack: cut(frames) }) };
  } catch {
    return { message: 'an error that cannot be read' };
  }
}

/** Several errors; undefined without any. */
export function observedErrors(thrown: readonly unknown[]): ObservedError[] | undefined {
  return thrown.length === 0 ? undefined : thrown.map(observedError);
}

/** How something with these errors ended: what `request.skip` throws is no failure. */
export function outcomeOf(errors: readonly unknown[]): PhaseOutcome {
  if (errors.length === 0) return 'passed';
  return errors.every(isSkip) ? 'skipped' : 'failed';
}

function isSkip(error: unknown): boolean {
  return (Object(error) as { readonly code?: unknown }).code === 'ERR_SKIPPED';
}

/** The frames outside of packages, of Jest and of Node. */
function framesOf(stack: string): string {
  const frames = stack.split('\n').filter(line => /^\s*at /.test(line));
  return frames.filter(line => !/node_modules|node:/.test(line)).join('\n');
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)} … (${text.length} characters)`;
}
