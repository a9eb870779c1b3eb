import { placeOf } from './site';
import type { Step } from './step';
import type { Task } from './task';

/** In debug mode: the tasks that nobody has awaited or cancelled, as text, so that they are not kept. */
export class Unawaited {
  readonly #known = new Map<string, { count: number; readonly starter: Step | undefined }>();

  add(task: Task): void {
    const key = `Task "${task.name}" was never awaited${placeOf(task)}`;
    const known = this.#known.get(key) ?? { count: 0, starter: task.step.parent };
    known.count++;
    this.#known.set(key, known);
    task.noticed = () => {
      known.count--;
      if (known.count === 0) this.#known.delete(key);
    };
  }

  /** What there is to tell, and who started the tasks; once. */
  take(): { readonly message: string; readonly starter: Step | undefined }[] {
    const told = [...this.#known].map(([key, { count, starter }]) => ({
      message: count > 1 ? `${key} (${count} times)` : key,
      starter,
    }));
    this.#known.clear();
    return told;
  }
}
