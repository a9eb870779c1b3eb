import { mendFixtureOption, mendTestOption, mendValue } from '../../../src/errors/our-words';

const SCOPES = ['test', 'describe', 'file', 'directory', 'worker', 'session'];

test.each([
  ['function', 'test'],
  ['class', 'describe'],
  ['module', 'file'],
  ['package', 'directory'],
  ['global', 'session'],
])("another runner's scope %s is ours by another name", (got, ours) => {
  expect(mendValue(got, SCOPES)).toBe(`write "${ours}", its name here.`);
});

test('our word is suggested only where it is valid', () => {
  expect(mendValue('global', ['test', 'file'])).toBe('correct it, or leave it out.');
});

test.each([
  ['autouse', 'auto: true'],
  ['option', "test.override('db', value)"],
  ['injected', "test.override('db', value)"],
  ['scpoe', 'did you mean "scope"'],
  ['toString', 'leave it out'],
])('the option %s of a fixture is mended by %s', (option, mend) => {
  expect(mendFixtureOption('db', option, ['scope'])).toContain(mend);
});

test.each([
  ['tag', 'tags'],
  ['retry', 'jest.retryTimes'],
  ['timeot', 'did you mean "timeout"'],
  ['constructor', 'leave it out'],
])('the option %s of a test is mended by %s', (option, mend) => {
  expect(mendTestOption(option, ['timeout'])).toContain(mend);
});
