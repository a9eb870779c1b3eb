import { placeOf } from './site';
import type { Task } from './task';

/** In debug mode: the tasks that nobody has awaited or cancelled, as text, so that they are not kept. */
export class Unawaited {
  readonly #counts = new Map<string, number>();

  add(task: Task): void {
    const key = `Task "${task.name}" was never awaited${placeOf(task)}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    task.noticed = () => {
      const left = this.#counts.get(key)! - 1;
      if (left > 0) this.#counts.set(key, left);
      else this.#counts.delete(key);
    };
  }

  /** What there is to tell; once. */
  take(): string[] {
    const lines = [...this.#counts].map(([key, count]) => (count > 1 ? `${key} (${count} times)` : key));
    this.#counts.clear();
    return lines;
  }
}
