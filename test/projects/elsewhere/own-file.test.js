/** @jest-environment ./env.js */
const { test: own } = require('jest-loop');
test('asks', ({ db }) => {});
test('fixture', () => fixture('x', 1));
test('mark', () => mark.useFixtures('db'));
test('test', () => own('x', () => {}));
test('test.each', () => own.only.each([1])('x', () => {}));
test('extend', () => own.extend('x', 1));
test('a helper of the test file', () => require('./helper'));
