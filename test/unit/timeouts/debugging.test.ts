import * as inspector from 'node:inspector';
import { isDebugging } from '../../../src/timeouts/clock';

jest.mock('node:inspector', () => ({ url: jest.fn() }));
const url = inspector.url as jest.Mock;
const { execArgv } = process;

afterEach(() => {
  url.mockReset();
  process.execArgv = execArgv;
});

test('no debugger counts by default', () => {
  process.execArgv = ['--expose-gc', '--no-inspect-brk-of-mine'];
  expect(isDebugging()).toBe(false);
});

test('an open inspector counts', () => {
  url.mockReturnValue('ws://127.0.0.1:9229/id');
  expect(isDebugging()).toBe(true);
});

test.each(['--inspect', '--inspect-brk', '--inspect=0', '--inspect-wait=127.0.0.1:9230'])(
  'so does the flag %s',
  flag => {
    process.execArgv = ['--expose-gc', flag];
    expect(isDebugging()).toBe(true);
  },
);
