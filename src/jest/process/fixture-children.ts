import { watchChildren } from '../../children/watch';
import type { FixtureOwner } from '../../fixtures/life/instance/fixture-owner';
import { currentStep } from '../../loop/steps/step';

/** From now on, child processes that fixtures start do not outlive this process, however it ends. */
export function watchFixtureChildren(): void {
  watchChildren(() => (currentStep()?.owner as Partial<FixtureOwner> | undefined)?.isFixture === true);
}
