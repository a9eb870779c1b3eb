import * as namespace from 'jest-environment-jsdom';
import jsdom, { TestEnvironment as JSDOMEnvironment } from 'jest-environment-jsdom';
import { TestEnvironment as NodeEnvironment } from 'jest-environment-node';
import LoopEnvironment, { type TestEnvironment, withLoop } from 'jest-loop/environment';
import { expectEqual } from '../helpers';

const OfJsdom = withLoop(JSDOMEnvironment);

/** An environment of its own may go on where the base does. */
export default class Own extends OfJsdom {
  override async setup(): Promise<void> {
    await super.setup();
    const title: string | undefined = this.dom?.window.document.title;
    this.global.document.title = title ?? '';
  }

  override async handleTestEvent(
    ...args: Parameters<InstanceType<typeof OfJsdom>['handleTestEvent']>
  ): Promise<void> {
    const [event, state] = args;
    if (event.name === 'test_start') this.global.document.title = event.test.name;
    await super.handleTestEvent(event, state);
  }
}

export const fromModule = withLoop(namespace);
export const byDefault = withLoop(jsdom);
export const ofNode = withLoop(NodeEnvironment);
export const twice = withLoop(ofNode);
export const byRequire = withLoop(
  require('jest-environment-jsdom') as typeof import('jest-environment-jsdom'),
);
expectEqual<InstanceType<typeof ofNode>['context'], InstanceType<typeof NodeEnvironment>['context']>(true);
expectEqual<typeof TestEnvironment, (typeof LoopEnvironment)['TestEnvironment']>(true);

class Extended extends LoopEnvironment {
  override exportConditions(): string[] {
    return [...super.exportConditions(), 'own'];
  }
}
export const again = withLoop(Extended);

// @ts-expect-error a name is no class
withLoop('jsdom');
// @ts-expect-error nor is the promise of a module
withLoop(import('jest-environment-jsdom'));
// @ts-expect-error nor any class
withLoop(Map);
