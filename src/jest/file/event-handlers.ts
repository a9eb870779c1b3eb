/** What circus calls for each event. */
export type EventHandler = (event: { readonly name: string }, state: unknown) => unknown;

/** A symbol of circus that leads to the list of its handlers. */
const HANDLERS = Symbol.for('EVENT_HANDLERS');

/** The handlers of circus, in the order in which it calls them: the list itself. Empty where circus has none there. */
export function eventHandlers(global: object): EventHandler[] {
  const handlers = (global as { [HANDLERS]?: unknown })[HANDLERS];
  return Array.isArray(handlers) ? handlers : [];
}

/** Whether the source of a handler contains all of the given texts: Jest exports none of its own. */
export function mentions(handler: EventHandler, ...texts: readonly string[]): boolean {
  const source = Function.prototype.toString.call(handler);
  return texts.every(each => source.includes(each));
}
