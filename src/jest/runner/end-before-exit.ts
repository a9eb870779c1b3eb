/** How Jest exits for `bail`, as a frame of a stack. */
const BY_JEST = /[\\/]exit-x[\\/]/;

/**
 * Jest exits for `bail` when enough tests have failed in all projects, also in those whose runner is not ours: `end` is
 * awaited before, where anything `isUp`. The returned function stops this.
 */
export function endBeforeExit(
  isUp: () => boolean,
  end: () => Promise<void>,
  target: Pick<NodeJS.Process, 'exit'> = process,
): () => void {
  const { exit } = target;
  const restore = (): void => {
    if (target.exit === guarded) target.exit = exit;
  };
  const guarded = ((code?: number) => {
    const now = (): never => Reflect.apply(exit, target, [code]) as never;
    if (!isUp() || !BY_JEST.test(new Error().stack ?? '')) return now();
    restore();
    void end().then(now, now);
    return undefined;
  }) as typeof exit;
  target.exit = guarded;
  return restore;
}
