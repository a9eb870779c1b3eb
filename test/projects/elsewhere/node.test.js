/** @jest-environment node */
test('asks', ({ db }) => {});
