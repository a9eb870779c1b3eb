import { currentStep, Step, type StepLoop } from './step';

/** The parts of a step that matter here, whichever copy of this file made it. */
interface Link {
  /** It is a {@link Passage}. */
  readonly passage?: boolean;
  readonly task: unknown;
  parent: Step | undefined;
}

/**
 * The step of `loop.run(fn)` or a callback: separate, as its Loop may differ. But work started in it counts as started
 * where the passage itself was started. Otherwise a chain of callbacks, each scheduling the next, would keep all its
 * ancestors alive.
 */
export class Passage extends Step {
  readonly passage = true;

  constructor(name: string, loop: StepLoop, started: Step | undefined = currentStep()) {
    super(name, loop, origin(started), started?.owner, started?.forbidden);
    if (isPassage(started)) this.eventLoop = started?.eventLoop;
  }
}

/** The parent of work started in a step: neither a passage nor an ended task. */
export function origin(started: Step | undefined): Step | undefined {
  let step = started;
  while (step !== undefined && isOver(step)) step = step.parent;
  // Keeps the chain short where tasks start their successor and end.
  while (step?.parent !== undefined && isOver(step.parent)) (step as Link).parent = step.parent.parent;
  return step;
}

function isPassage(step: Step | undefined): boolean {
  return (step as Link | undefined)?.passage === true;
}

/** Whether a walk up from the work that it started can skip it. */
function isOver(step: Step): boolean {
  if (step.givenUpItself) return false;
  if (isPassage(step)) return true;
  const task = step.task as { readonly step: Step; readonly done: boolean } | undefined;
  return task !== undefined && task.step === step && task.done && step.eventLoop === undefined;
}
