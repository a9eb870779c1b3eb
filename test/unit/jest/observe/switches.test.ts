import { takeSwitches, wantsAny, withTimeline } from '../../../../src/jest/observe/switches';

test('reads the variables of the command line and takes them away', () => {
  const env: NodeJS.ProcessEnv = {
    OTHER: 'x',
    JEST_LOOP_FIXTURES: '["db"]',
    JEST_LOOP_SETUP_SHOW: '1',
    JEST_LOOP_SETUP_PLAN: '0',
    JEST_LOOP_DURATIONS: '10',
    JEST_LOOP_TIMELINE: '/t.html',
  };
  expect(takeSwitches(env)).toEqual({
    fixtures: ['db'],
    setupShow: true,
    setupPlan: false,
    durations: 10,
    timelines: ['/t.html'],
  });
  expect(env).toEqual({ OTHER: 'x' });
});

test('without any there is nothing to read', () => {
  expect(takeSwitches({ JEST_LOOP_TIMELINE: '' })).toBeUndefined();
  expect(wantsAny(takeSwitches({ JEST_LOOP_SETUP_SHOW: '0' })!)).toBe(false);
});

test.each([
  ['JEST_LOOP_DURATIONS', '0'],
  ['JEST_LOOP_DURATIONS', '1.5'],
  ['JEST_LOOP_FIXTURES', 'db'],
  ['JEST_LOOP_FIXTURES', '[1]'],
  ['JEST_LOOP_SETUP_SHOW', 'yes'],
])('%s=%s is an error that names it', (name, value) => {
  expect(() => takeSwitches({ [name]: value })).toThrow(`Expected the environment variable ${name} to be`);
});

test('a reporter adds its timeline once', () => {
  const first = withTimeline(undefined, '/a.html');
  expect(withTimeline(withTimeline(first, '/b.json'), '/a.html').timelines).toEqual(['/a.html', '/b.json']);
});
