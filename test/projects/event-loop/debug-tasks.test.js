/** @jest-loop {"debug": true} */
const { getRunningLoop, HttpServerService, Service, sleep } = require('jest-loop');

const warnings = [];
console.warn = message => warnings.push(message);

class Background extends Service {
  async start() {
    this.started();
    await sleep(60_000);
  }
}

describe('what the package starts for others', () => {
  test.override('services', () => [new HttpServerService({ listener() {} }), new Background()]);
  test('is awaited by it: tasks, services', async ({ tasks, entrypoint }) => {
    tasks.start(() => sleep(60_000));
    tasks.ready(ready => ready());
    await entrypoint.startServices(new Background());
  });
  test('is no task that was forgotten', { overrides: { services: [] } }, () => {
    expect(warnings).toEqual([]);
  });
});

test('a task of a group has the place of the call', { timeout: 20 }, async ({ tasks }) => {
  tasks.start(() => sleep(5000), { name: 'mine' });
  await getRunningLoop().createFuture();
});
