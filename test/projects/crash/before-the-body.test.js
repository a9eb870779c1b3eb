// What goes wrong before the body begins is not the failure that `test.failing` expects.
const { log } = require('../log');

const body = () => {
  log('never');
  throw new Error('expected');
};
const CASES = {
  'an unknown backend': { loopBackend: 'none' },
  'a limit that is none': { defaultAsyncTimeout: -1 },
  'a provider that is none': { asyncTimeoutProvider: 5 },
  'a provider that fails': {
    asyncTimeoutProvider: {
      load() {
        throw new Error('no clock');
      },
    },
  },
};

for (const [name, overrides] of Object.entries(CASES)) {
  test.failing(name, { overrides }, body);
  test.concurrent.failing(`${name}, concurrently`, { overrides }, async () => body());
}
test.failing('fake timers where virtual time is to be', { overrides: { loopBackend: 'virtual' } }, body);
beforeAll(() => jest.useFakeTimers());
afterAll(() => jest.useRealTimers());
