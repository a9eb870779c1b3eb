import { OPTION_NAMES, readOptions } from '../../../src/config/options';
import { VARIABLES } from '../../../src/config/variables';
import { makeError } from '../support';

function read(variable: string, value: string): unknown {
  const options = readOptions(undefined, undefined, { [variable]: value }, makeError);
  const { option } = VARIABLES.find(each => each.variable === variable)!;
  return (options as unknown as Record<string, unknown>)[option];
}

test('every option has a variable named after it', () => {
  expect(VARIABLES.map(({ option }) => option).sort()).toEqual([...OPTION_NAMES].sort());
  for (const { variable, option } of VARIABLES)
    expect(variable).toBe(`JEST_LOOP_${option.replace(/[A-Z]/g, '_$&').toUpperCase()}`);
});

test.each<[string, string, unknown]>([
  ['JEST_LOOP_MODE', 'strict', 'strict'],
  ['JEST_LOOP_DEFAULT_ASYNC_TIMEOUT', '250', 250],
  ['JEST_LOOP_DEFAULT_ASYNC_TIMEOUT', '1e3', 1000],
  ['JEST_LOOP_DEFAULT_ASYNC_TIMEOUT', 'Infinity', Number.POSITIVE_INFINITY],
  ['JEST_LOOP_THREAD_POOL_SIZE', '4', 4],
  ['JEST_LOOP_DEBUG', 'true', true],
  ['JEST_LOOP_DEBUG', '1', true],
  ['JEST_LOOP_DEBUG', 'false', false],
  ['JEST_LOOP_DEBUG', '0', false],
  ['JEST_LOOP_FORBID_GET_EVENT_LOOP', '{"timers":true}', { timers: true }],
  ['JEST_LOOP_FORBID_GET_EVENT_LOOP', 'true', true],
])('%s=%s stands for %p', (variable, text, value) => {
  expect(read(variable, text)).toEqual(value);
});

test.each([
  ['JEST_LOOP_DEFAULT_ASYNC_TIMEOUT', '5s', '"5s" (string)'],
  ['JEST_LOOP_DEFAULT_ASYNC_TIMEOUT', '0', '0 (number)'],
  ['JEST_LOOP_DEBUG', 'yes', '"yes" (string)'],
  ['JEST_LOOP_FORBID_GET_EVENT_LOOP', 'timers', '"timers" (string)'],
])('%s=%s is refused, and shown as it stands', (variable, text, shown) => {
  expect(() => read(variable, text)).toThrow(`got ${shown}`);
});
