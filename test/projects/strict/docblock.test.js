/**
 * @jest-loop {"mode": "auto", "setup": "parallel"}
 */
const { log, told } = require('../log');

fixture('auto', { auto: true }, told('auto'));
test('the docblock wins over the project', () => log('managed'));
