/** A duration in ms as text: `1.24 s`, `12.3 ms`. */
export function showMs(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return `${ms.toFixed(ms < 100 ? 1 : 0)} ms`;
}
