import { fixForArguments, fixForMember } from '../../../../src/errors/other-runners/members';

test.each([
  ['test.step is not a function', /^call the function itself/],
  ['it.skipIf is not a function', /^write \(condition \? test\.skip/],
  // An import, as ts-jest, SWC and Babel compile it.
  ['jest_loop_1.test.skipIf is not a function', /^write \(condition/],
  ['_jestloop.test.skipIf is not a function', /^write \(condition/],
  ['_jestLoop.it.only.step is not a function', /^call the function/],
  // Where the file could not be loaded.
  ['TypeError: test.for is not a function', /^write test\.each/],
  // Each object has its own.
  ['test.describe.configure is not a function', /test\.override\('defaultAsyncTimeout', ms\) in the block/],
  ['test.describe.configure is not a function', /leave `mode` out: tests run in order/],
  ['expect.poll is not a function', /^write a loop with `await sleep\(ms\)`/],
  ['_globals.expect.soft is not a function', /^write expect\(value\)/],
  ['describe.fixme is not a function', /^write describe\.skip/],
  ['test.fixme is not a function', /^write test\.skip/],
  ['mark.xfail is not a function', /^write test\.failing/],
  ['mark.skip is not a function', /^write test\.skip/],
  // Of an extended test, only what means nothing else.
  ['dbTest.runIf is not a function', /^write \(condition/],
])('%s', (message, fix) => {
  expect(fixForMember(message)).toMatch(fix);
});

test.each([
  'db.step is not a function',
  'latest.step is not a function',
  'test.stepTwo is not a function',
  'test.toString is not a function',
  'mark.constructor is not a function',
  'test is not a function',
  'expect.resolves.poll is not a function',
  'expected test.step is not a function to be called',
  '',
])('%j needs no fix', message => {
  expect(fixForMember(message)).toBeUndefined();
});

const NAMES = 'It must be a named class, named function, number, or string.';

test.each([`Invalid first argument, true. ${NAMES}`, `Error: Invalid first argument, false. ${NAMES}`])(
  "%s: Playwright's test.skip(condition, reason)",
  message => {
    expect(fixForArguments(message)).toMatch(/^write \(condition \? test\.skip/);
  },
);

test.each([
  `Invalid first argument, [object Object]. ${NAMES}`,
  `expect(received).toBe(expected)\n\n+ Invalid first argument, true. ${NAMES}`,
])('%j is no such call', message => {
  expect(fixForArguments(message)).toBeUndefined();
});
