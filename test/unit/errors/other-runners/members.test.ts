import { fixForMember } from '../../../../src/errors/other-runners/members';

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
  ['test.describe.configure is not a function', /^leave it out: tests run in order/],
  ['describe.fixme is not a function', /^write describe\.skip/],
  ['test.fixme is not a function', /^write test\.skip/],
  ['mark.xfail is not a function', /^write test\.failing/],
  ['mark.skip is not a function', /^write test\.skip/],
  // Playwright's test.skip(condition, reason).
  [
    'Invalid first argument, true. It must be a named class, named function, number, or string.',
    /^write \(condition \? test\.skip/,
  ],
  [
    'Error: Invalid first argument, false. It must be a named class, named function',
    /request\.skip\(reason\)/,
  ],
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
  'Invalid first argument, [object Object]. It must be a named class, named function, number, or string.',
  'expected "Invalid first argument, true. It must be a named class," to be said',
  'expected test.step is not a function to be called',
  '',
])('%j needs no fix', message => {
  expect(fixForMember(message)).toBeUndefined();
});
