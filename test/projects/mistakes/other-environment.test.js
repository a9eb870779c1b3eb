/** @jest-environment node */
const { test: own } = require('jest-loop');
test('plain tests run', () => {});
test('others are a mistake', () => own('x', () => {}));
test('fixture too', () => fixture('x', 1));
