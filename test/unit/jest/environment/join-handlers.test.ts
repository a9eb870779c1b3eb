import { joinHandlers } from '../../../../src/jest/environment/join-handlers';
import { type EventHandler, eventHandlers } from '../../../../src/jest/file/event-handlers';

const HANDLERS = Symbol.for('EVENT_HANDLERS');

let calls: string[];
let answer: unknown;
const environment = {
  handleTestEvent: (event: { name: string }): unknown => {
    calls.push(`ours ${event.name}`);
    return answer;
  },
};
const first: EventHandler = ({ name }) => calls.push(`first ${name}`);
/** As in circus. */
const jests: EventHandler = async ({ name }) => {
  const test = { numPassingAsserts: 0 };
  calls.push(`jests ${name}`);
  if (name === 'fails') throw new Error(`of Jest ${test.numPassingAsserts}`);
};
const bound = (): EventHandler => environment.handleTestEvent.bind(environment);
const circus = (...handlers: EventHandler[]): EventHandler[] => {
  const global = { [HANDLERS]: handlers };
  joinHandlers(global);
  return eventHandlers(global);
};

beforeEach(() => {
  calls = [];
  answer = undefined;
});

test("Jest's handler and that of the environment become one, which calls both at once", () => {
  const handlers = circus(first, jests, bound());
  expect(handlers).toHaveLength(2);
  for (const each of handlers) void each({ name: 'add_test' }, {});
  expect(calls).toEqual(['first add_test', 'jests add_test', 'ours add_test']);
});

test('the joined handler waits for either', async () => {
  const [, joined] = circus(first, jests, bound());
  answer = Promise.reject(new Error('ours'));
  await expect(joined!({ name: 'test_done' }, {})).rejects.toThrow('ours');
  answer = undefined;
  await expect(joined!({ name: 'fails' }, {})).rejects.toThrow('of Jest 0');
  answer = Promise.resolve();
  await expect(joined!({ name: 'fails' }, {})).rejects.toThrow('of Jest 0');
});

test.each([
  ['others were added since', [jests, bound(), first]],
  ["the handler before ours is not Jest's", [jests, first, bound()]],
  ['ours is not there', [first, jests]],
  ['there is only ours', [bound()]],
  ['there is none', []],
])('nothing changes where %s', (_, handlers) => {
  expect(circus(...handlers)).toEqual(handlers);
});

test('without a list of handlers nothing changes', () => {
  const global = { [HANDLERS]: 'none' };
  joinHandlers(global);
  expect(global).toEqual({ [HANDLERS]: 'none' });
});
