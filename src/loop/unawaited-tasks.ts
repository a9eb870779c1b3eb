import { placeOf } from './steps/pending-work';
import type { Step } from './steps/step';
import type { Task } from './task';

/** In debug mode: tasks that were neither awaited nor cancelled, as text, so that they can be collected. */
export class UnawaitedTasks {
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

  /** The warnings, each with the step that started its tasks; once. */
  take(): { readonly message: string; readonly starter: Step | undefined }[] {
    const found = [...this.#known].map(([key, { count, starter }]) => ({
      message: count > 1 ? `${key} (${count} times)` : key,
      starter,
    }));
    this.#known.clear();
    return found;
  }
}
