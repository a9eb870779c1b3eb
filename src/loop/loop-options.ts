/** How long cancelled work may take to end by default, ms. */
export const GRACE = 1000;

/** Options of `new Loop`. See docs/loops.md. */
export interface LoopOptions {
  /** For messages. @default 'loop' */
  readonly name?: string;
  /** Records where tasks and timers were created, and reports blocking callbacks. @default false */
  readonly debug?: boolean;
  /**
   * What drives its time, by name or `[name, options]`: `'node'`, `'virtual'`. See docs/backends.md.
   * @default that of the current Loop, else `'node'`
   */
  readonly backend?: string | readonly [name: string, options: Readonly<Record<string, unknown>>];
  /**
   * As a context manager, `await using`: `true` makes the new Loop current until its end, `false` makes no Loop
   * current. By default the current Loop stays.
   */
  readonly newLoop?: boolean;
}

/** What this package says of a task that it starts for others. */
export interface PlacedTask {
  readonly name: string;
  /** Where they asked for it, if that is recorded. */
  readonly site: Error | undefined;
}
