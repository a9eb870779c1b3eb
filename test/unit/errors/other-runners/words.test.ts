import {
  fixForBlockOption,
  fixForDone,
  fixForFixtureOption,
  fixForTestOption,
  fixForValue,
} from '../../../../src/errors/other-runners/words';

const SCOPES = ['test', 'describe', 'file', 'directory', 'worker', 'session'];

test.each([
  ['function', 'test'],
  ['class', 'describe'],
  ['module', 'file'],
  ['package', 'directory'],
  ['global', 'session'],
])("another runner's scope %s is ours by another name", (got, ours) => {
  expect(fixForValue(got, SCOPES)).toBe(`write "${ours}", its name here.`);
});

test('our word is suggested only where it is valid', () => {
  expect(fixForValue('global', ['test', 'file'])).toBe('correct it, or leave it out.');
});

test.each([
  ['autouse', 'auto: true'],
  ['option', "test.override('db', value)"],
  ['injected', "test.override('db', value)"],
  ['teardown', "fixture('db', async function* () { yield value; … })"],
  ['scpoe', 'write "scope"'],
  ['toString', 'leave it out'],
])('the option %s of a fixture is fixed by %s', (option, fix) => {
  expect(fixForFixtureOption('db', option, ['scope'])).toContain(fix);
});

test.each([
  ['tag', 'tags'],
  ['retry', 'jest.retryTimes'],
  ['timeot', 'write "timeout"'],
  ['constructor', 'leave it out'],
])('the option %s of a test is fixed by %s', (option, fix) => {
  expect(fixForTestOption(option, ['timeout'])).toContain(fix);
});

test.each([
  ['timeout', 100, "fixture('defaultAsyncTimeout', 100)"],
  ['timeout', '100', "fixture('defaultAsyncTimeout', ms)"],
  ['overrides', {}, 'test.override('],
  ['skip', true, 'describe.skip('],
  ['retry', 2, 'jest.retryTimes'],
  ['lop', true, 'write "loop"'],
  ['constructor', 1, 'leave it out'],
])('the option %s of a describe block, %j, is fixed by %s', (option, got, fix) => {
  expect(fixForBlockOption(option, ['loop'], got)).toContain(fix);
});

test.each([
  [
    { parameter: 'db', names: ['db'] },
    "`db` names a fixture, but without braces it is Jest's done; write ({ db }) => ….",
  ],
  [{ parameter: 'ctx', names: ['a', 'b'] }, "`ctx` is Jest's done; write ({ a, b }) => …."],
  [
    { parameter: 'ctx', names: [], given: 'onTestFinished' },
    "`ctx` is Jest's done; write ({ request }) and use request.onCleanup(fn).",
  ],
  [
    { parameter: 'ctx', names: [] },
    "`ctx` is Jest's done, which an async function cannot use: leave it out, or take fixtures by destructuring, ({ db }) => ….",
  ],
  [
    { parameter: 'done', names: [] },
    'an async function cannot use done: leave it out, or take fixtures by destructuring, ({ db }) => ….',
  ],
])('%j in the place of done', (meant, fix) => {
  expect(fixForDone(meant)).toBe(fix);
});
