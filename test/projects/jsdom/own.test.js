/** @jest-environment ./env-own.js */
const { logged } = require('../log');
fixture('db', { scope: 'file' }, logged('db'));
test('a fixture', ({ db }) => expect(db).toBe('db'));
test('its own handler and that of a subclass see the events as well', ({ db }) => {
  expect(own.events).toEqual(expect.arrayContaining(['setup', 'add_test', 'run_start', 'test_done']));
  expect(own.events.filter(name => name === 'test_done')).toHaveLength(1);
  expect(own.extended).toMatch('its own handler');
  expect(own.conditions).toContain('own');
});
