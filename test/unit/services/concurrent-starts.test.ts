import { setTimeout as wait } from 'node:timers/promises';
import { Loop } from '../../../src/loop';
import { ServiceRunner } from '../../../src/services/entrypoint';
import type { AnyService } from '../../../src/services/entrypoint-types';
import { Service } from '../../../src/services/service';
import { gate } from '../support';

let loop: Loop;
let log: string[];

beforeEach(() => {
  loop = new Loop();
  log = [];
});
afterEach(() => loop.close());

function make(
  services: readonly AnyService[] = [],
  options: ConstructorParameters<typeof ServiceRunner>[0]['options'] = {},
): ServiceRunner {
  return new ServiceRunner({ services, loop, options, died: () => {} });
}

/** A service that writes down what happens to it, and takes a while for it. */
function slow(name: string, parts: { start?: () => unknown; stop?: () => unknown } = {}): AnyService {
  return {
    name,
    async start() {
      log.push(`start ${name}`);
      await wait(10);
      await parts.start?.();
      log.push(`${name} is up`);
    },
    async stop() {
      log.push(`stop ${name}`);
      await wait(10);
      await parts.stop?.();
      log.push(`${name} is down`);
    },
  };
}

const fails = (text: string) => () => {
  throw new Error(text);
};

test('a service that is given twice starts once', async () => {
  const a = slow('a');
  const entrypoint = make([a, a]);
  await entrypoint.start();
  const b = slow('b');
  await entrypoint.startServices(b, b);
  expect([log, entrypoint.services]).toEqual([
    ['start a', 'a is up', 'start b', 'b is up'],
    [a, b],
  ]);
  await entrypoint.stop();
  expect(log.filter(line => line.startsWith('stop'))).toEqual(['stop a', 'stop b']);
});

test('two starts at once are one, and both wait for it', async () => {
  const a = slow('a');
  const entrypoint = make();
  const both = [entrypoint.startServices(a), entrypoint.startServices(a)];
  await Promise.race(both);
  expect(log).toEqual(['start a', 'a is up']);
  await Promise.all(both);
  const later = entrypoint.startServices(slow('b'));
  await wait(1);
  await entrypoint.startServices(...entrypoint.services);
  expect(log).toEqual(['start a', 'a is up', 'start b', 'b is up']);
  await later;
  await entrypoint.stop();
});

test('also while the handlers of preStart run; they are called once', async () => {
  const a = slow('a');
  const entrypoint = make([], {
    preStart: () => wait(10),
    postStart: ({ services }) => log.push(`${services.length} up`),
  });
  await Promise.all([entrypoint.startServices(a), entrypoint.startServices(a)]);
  expect(log).toEqual(['start a', 'a is up', '1 up']);
  await entrypoint.stop();
});

test('a start that fails, fails for all that wait for it; then it can be started again', async () => {
  let starts = 0;
  const a = slow('a', { start: () => ++starts === 1 && fails('port taken')() });
  const entrypoint = make();
  const message = 'Service "a" failed to start: Error: port taken';
  await Promise.all([
    expect(entrypoint.startServices(a)).rejects.toThrow(message),
    expect(entrypoint.startServices(a)).rejects.toThrow(message),
  ]);
  await entrypoint.startServices(a);
  expect([starts, entrypoint.services]).toEqual([2, [a]]);
  await entrypoint.stop();
});

describe('a service that has died', () => {
  let deaths: number;
  /** It dies of the first start. */
  function mortal(name: string, stop?: () => unknown): Service {
    class Mortal extends Service {
      starts = 0;
      override get name(): string {
        return name;
      }
      async start(): Promise<void> {
        log.push(`start ${name}`);
        this.started();
        if (++this.starts === 1) throw new Error(`${name} is dead`);
        await new Promise(() => {});
      }
      override async stop(error?: Error): Promise<void> {
        log.push(`stop ${name} for ${error?.message}`);
        await stop?.();
      }
    }
    return new Mortal();
  }
  const make = (options = {}): ServiceRunner =>
    new ServiceRunner({ services: [], loop, options, died: () => void deaths++ });
  beforeEach(() => {
    deaths = 0;
  });

  test('is stopped before it starts again, once for two starts at once', async () => {
    const a = mortal('a');
    const entrypoint = make({ preStop: () => log.push('preStop'), preStart: () => log.push('preStart') });
    await entrypoint.startServices(a);
    while (deaths === 0) await wait(1);
    await Promise.all([entrypoint.startServices(a), entrypoint.startServices(a)]);
    expect(log).toEqual(['preStart', 'start a', 'preStop', 'stop a for a is dead', 'preStart', 'start a']);
    expect([entrypoint.services, deaths]).toEqual([[a], 1]);
    await entrypoint.stop();
    expect(log.slice(6)).toEqual(['preStop', 'stop a for undefined']);
  });

  test('does not start again if its stop fails, which is reported', async () => {
    const a = mortal('a', fails('still there'));
    const entrypoint = make();
    await entrypoint.startServices(a);
    while (deaths === 0) await wait(1);
    await expect(entrypoint.startServices(a)).rejects.toThrow('still there');
    expect([log, entrypoint.services]).toEqual([['start a', 'stop a for a is dead'], []]);
    await entrypoint.stop();
  });
});

test('a service may wait for another one of its start', async () => {
  const b = slow('b');
  const a = slow('a', { start: () => entrypoint.startServices(b) });
  const entrypoint = make([a, b]);
  await entrypoint.start();
  expect(log).toEqual(['start a', 'start b', 'b is up', 'a is up']);
  await entrypoint.stop();
});

test('one that is being stopped starts again when it is down', async () => {
  const a = slow('a');
  const entrypoint = make([a]);
  await entrypoint.start();
  const stopping = entrypoint.stopServices(a);
  await entrypoint.startServices(a);
  expect(log.slice(2)).toEqual(['stop a', 'a is down', 'start a', 'a is up']);
  await stopping;
  expect(entrypoint.services).toEqual([a]);
  await entrypoint.stop();
  expect(entrypoint.services).toEqual([]);
});

test('or when its stop was given up, which does not end the new one', async () => {
  const { promise, open } = gate();
  let stops = 0;
  const a = slow('a', { stop: () => (++stops === 1 ? promise : undefined) });
  const entrypoint = make([a], { stopTimeout: 50 });
  await entrypoint.start();
  const stopping = entrypoint.stopServices(a);
  await Promise.all([
    expect(stopping).rejects.toThrow('Service "a" did not stop within 50 ms.'),
    entrypoint.startServices(a),
  ]);
  open();
  await wait(1);
  expect(entrypoint.services).toEqual([a]);
  await entrypoint.stop();
  expect(stops).toBe(2);
});

test('two stops at once are one; its error is reported once, and both wait', async () => {
  const a = slow('a', { stop: fails('stuck') });
  const entrypoint = make([a], { preStop: ({ services }) => log.push(`${services.length} to stop`) });
  await entrypoint.start();
  const stops = [entrypoint.stopServices(a), entrypoint.stopServices(a), entrypoint.stop()];
  const ends = await Promise.allSettled(stops);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(log.filter(line => line === 'stop a')).toHaveLength(1);
  expect(entrypoint.services).toEqual([]);
});

describe('what is stopped while it starts', () => {
  test('is down, and its start rejects', async () => {
    const a = slow('a', { start: () => loop.sleep(60_000) });
    const entrypoint = make();
    const starting = entrypoint.startServices(a, slow('b'));
    const refused = expect(starting).rejects.toMatchObject({ code: 'ERR_CANCELLED' });
    await wait(20);
    await entrypoint.stopServices(a);
    await refused;
    expect(entrypoint.services).toEqual([]);
    expect(log.filter(line => line.startsWith('stop'))).toEqual(['stop a', 'stop b']);
    await entrypoint.stop();
  });

  test('never starts if it has not begun, also at the end', async () => {
    const { promise, open } = gate();
    const entrypoint = make([], { preStart: () => promise });
    const starting = entrypoint.startServices(slow('a'));
    const refused = expect(starting).rejects.toMatchObject({ code: 'ERR_CANCELLED' });
    await entrypoint.stop(new Error('the end'));
    open();
    await refused;
    expect([log, entrypoint.services]).toEqual([[], []]);
  });

  test('tells what it failed of', async () => {
    const { promise, open } = gate();
    const a = slow('a', { start: () => promise.then(fails('half made')), stop: open });
    const entrypoint = make();
    const refused = expect(entrypoint.startServices(a)).rejects.toThrow(
      '"a" failed to start: Error: half made',
    );
    await wait(20);
    await entrypoint.stop();
    await refused;
  });
});

test('a service that cannot begin is a failure like any other: nothing is left up', async () => {
  const good = slow('good');
  const bad = slow('bad');
  const entrypoint = new ServiceRunner({
    services: [good, bad],
    loop,
    died: () => {},
    begun: service => service === bad && fails('no place')(),
  });
  await expect(entrypoint.start()).rejects.toThrow('Service "bad" failed to start: Error: no place');
  expect([log.at(-1), entrypoint.services]).toEqual(['good is down', []]);
  await entrypoint.stop();
});
