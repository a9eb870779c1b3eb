import type { Site } from '../errors/site';
import type { Block } from '../fixtures/block';
import type { OwnAsker } from '../fixtures/declaration';
import { DEFAULT_TIMEOUTS } from '../fixtures/implicit';
import { DEFAULT_PROVIDER } from '../fixtures/limits';

const NOWHERE: Site = { at: undefined, path: undefined, line: undefined, frames: '' };

/** What each who asks gets one of its own of. */
const MAKERS: Readonly<Record<string, (asker: OwnAsker) => unknown>> = {
  eventLoop: ({ loop }) => loop,
  loopDebug: ({ loopDebug }) => loopDebug,
  loopExceptions: ({ loopExceptions }) => loopExceptions,
  asyncTimeout: ({ asyncTimeout }) => asyncTimeout,
  asyncTimeoutProvider: () => DEFAULT_PROVIDER,
  tasks: ({ tasks }) => tasks,
  aroundTest: () => (run: () => unknown) => run(),
  ...Object.fromEntries(
    DEFAULT_TIMEOUTS.map(([scope, name]) => [name, (asker: OwnAsker) => asker.defaultTimeout(scope)]),
  ),
};

/** Puts the built-in fixtures outermost: anything may override them. */
export function declareBuiltIns(block: Block): void {
  let id = 0;
  for (const [name, make] of Object.entries(MAKERS)) {
    block.add({
      id: --id,
      name,
      body: { kind: 'own', make },
      options: {},
      asks: [],
      block,
      audience: undefined,
      site: NOWHERE,
      mustOverride: false,
    });
  }
}
