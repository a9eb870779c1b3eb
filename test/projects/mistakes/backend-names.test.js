/** @jest-loop {"backend": "kaos"} */
const { Loop } = require('jest-loop');

test('of the option', async () => {});
test.backend('node')('of a Loop', () => new Loop({ backend: 'virtal' }));
test.backend('node')('of a Loop, and like none', () => new Loop({ backend: 'real' }));
