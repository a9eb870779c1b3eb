export function api(name: string): unknown {
  const session = (globalThis as unknown as Record<symbol, { api: Record<string, unknown> } | undefined>)[
    Symbol.for('jest-loop.session')
  ];
  return session?.api[name];
}
