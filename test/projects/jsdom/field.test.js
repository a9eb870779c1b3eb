/** @jest-environment ./env-field.js */
fixture('db', 'db');
test('a fixture', ({ db }) => expect(db).toBe('db'));
test('each event arrived once', ({ db }) => expect(done).toBe(1));
