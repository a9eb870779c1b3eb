// Whose tasks die while tests use them: no test that expects to fail may take it for its own failure, no retry for a cure.
const { Service, sleep } = require('jest-loop');

const dies = message => async () => {
  await sleep(20);
  throw new Error(message);
};

describe('a failing test', () => {
  fixture('wide', { scope: 'describe' }, ({ tasks }) => void tasks.start(dies('of a wide fixture')));
  fixture('own', ({ tasks }) => void tasks.start(dies('of its fixture')));
  test.failing('uses a wide fixture', ({ wide }) => sleep(200));
  test.failing('uses a fixture of its own', ({ own }) => sleep(200));
  test.failing('fails by a task of its own', ({ tasks }) => {
    tasks.start(dies('of the test'));
    return sleep(200);
  });
  describe('uses a service', () => {
    class Server extends Service {
      async start() {
        this.started();
        await dies('of a service')();
      }
    }
    test.override('services', () => [new Server()]);
    test.failing('that dies', () => sleep(200));
  });
  describe('in a block', () => {
    beforeAll(({ tasks }) => void tasks.start(dies('of a hook')));
    test.failing('whose hook has died', () => sleep(200));
  });
});
