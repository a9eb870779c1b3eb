/**
 * @jest-loop {"mode": "auto", "setup": "parallel"}
 */
const { log, logged } = require('../log');

fixture('auto', { auto: true }, logged('auto'));
test('the docblock wins over the project', () => log('managed'));
