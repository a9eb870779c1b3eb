import { currentStep, Step, type StepLoop } from './step';

/** What is looked at in a step, whichever copy of this file made it. */
interface Link {
  /** It is a {@link Passage}. */
  readonly passage?: boolean;
  readonly task: unknown;
  parent: Step | undefined;
}

/**
 * The step of `loop.run(fn)` or of a callback: one of its own, as its Loop may be another. But what is started in it
 * counts as started where it was started itself. Else each callback that schedules the next would hold on to all
 * before it.
 */
export class Passage extends Step {
  readonly passage = true;

  constructor(name: string, loop: StepLoop, started: Step | undefined = currentStep()) {
    super(name, loop, origin(started), started?.owner, started?.forbidden);
    if (isPassage(started)) this.eventLoop = started?.eventLoop;
  }
}

/** The step that counts as the parent of what is started in a step: neither a passage nor a task that has ended. */
export function origin(started: Step | undefined): Step | undefined {
  let step = started;
  while (step !== undefined && isBygone(step)) step = step.parent;
  // Tasks that start their successor and end: the chain stays short.
  while (step?.parent !== undefined && isBygone(step.parent)) (step as Link).parent = step.parent.parent;
  return step;
}

function isPassage(step: Step | undefined): boolean {
  return (step as Link | undefined)?.passage === true;
}

/** Whether nothing asks for it any more: who goes up from what it started may leave it out. */
function isBygone(step: Step): boolean {
  if (step.condemned) return false;
  if (isPassage(step)) return true;
  const task = step.task as { readonly step: Step; readonly done: boolean } | undefined;
  return task !== undefined && task.step === step && task.done && step.eventLoop === undefined;
}
