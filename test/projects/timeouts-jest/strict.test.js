/** @jest-loop {"mode": "strict"} */
const forever = () => new Promise(() => {});

fixture('db', 'db');
test('one of Jest has its own limits and messages', forever, 20);
test('one that is managed', ({ db }) => forever(), 21);
test.loop('by its marker', forever, 22);
