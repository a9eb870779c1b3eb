import { setTimeout as wait } from 'node:timers/promises';
import { Loop } from '../../../src/loop';
import { ServiceRunner } from '../../../src/services/entrypoint';
import type { AnyService } from '../../../src/services/entrypoint-types';
import { Service } from '../../../src/services/service';

let loop: Loop;
let log: string[];
let deaths: Error[];

beforeEach(() => {
  loop = new Loop();
  log = [];
  deaths = [];
});
afterEach(() => loop.close());

function make(
  services: readonly AnyService[],
  more: Partial<ConstructorParameters<typeof ServiceRunner>[0]> = {},
): ServiceRunner {
  return new ServiceRunner({ services, loop, died: error => deaths.push(error), ...more });
}

/** A service that writes down what happens to it. */
class Recorded extends Service {
  constructor(
    readonly label: string,
    readonly parts: { start?: (self: Recorded) => unknown; stop?: () => unknown } = {},
  ) {
    super();
  }

  override get name(): string {
    return this.label;
  }

  async start(): Promise<void> {
    log.push(`start ${this.label}`);
    await this.parts.start?.(this);
    log.push(`started ${this.label}`);
  }

  override async stop(error?: unknown): Promise<void> {
    log.push(
      `stop ${this.label}${error === undefined ? '' : ` (${(error as Error).message.split('\n')[0]})`}`,
    );
    await this.parts.stop?.();
  }
}

test('all start at once, and stop', async () => {
  const entrypoint = make([new Recorded('a'), new Recorded('b')]);
  await entrypoint.start();
  expect(log).toEqual(['start a', 'start b', 'started a', 'started b']);
  expect(entrypoint.services).toHaveLength(2);
  await entrypoint.stop();
  expect(log.slice(4)).toEqual(['stop a', 'stop b']);
  expect([entrypoint.services, entrypoint.closing.aborted]).toEqual([[], true]);
});

test('one that calls started() is ready and goes on; after stop() it is cancelled', async () => {
  const entrypoint = make([
    new Recorded('a', {
      start: async self => {
        self.started();
        try {
          await loop.sleep(60_000);
        } finally {
          log.push('cancelled');
        }
      },
    }),
  ]);
  await entrypoint.start();
  await entrypoint.stop();
  expect(log).toEqual(['start a', 'stop a', 'cancelled']);
});

test('when one fails to start, the others are stopped and all errors are reported', async () => {
  const fail = (text: string) => async () => {
    throw new Error(text);
  };
  const entrypoint = make([
    new Recorded('a'),
    new Recorded('b', { start: fail('port taken') }),
    new Recorded('c', { start: fail('no disk') }),
    new Recorded('d', { stop: fail('stuck') }),
  ]);
  await expect(entrypoint.start()).rejects.toThrow(
    '2 services failed to start, and 1 to stop.\n  "b": Error: port taken\n  "c": Error: no disk\n  "d", in stop(): Error: stuck',
  );
  expect(log.filter(line => line.startsWith('stop'))).toEqual(['stop a (port taken)', 'stop d (port taken)']);
  await entrypoint.stop();
  expect(log.filter(line => line.startsWith('stop'))).toHaveLength(2);
});

test('a limit names those that are not ready, and stops all', async () => {
  const entrypoint = make([new Recorded('a'), new Recorded('slow', { start: () => loop.sleep(60_000) })], {
    options: { startTimeout: 30 },
  });
  await expect(entrypoint.start()).rejects.toThrow('Service "slow" did not get ready within 30 ms.');
  expect(log).toEqual(
    expect.arrayContaining([expect.stringContaining('stop a'), expect.stringContaining('stop slow')]),
  );
});

test('a stop that never ends is given up, and named', async () => {
  const entrypoint = make([new Recorded('a'), new Recorded('b', { stop: () => new Promise(() => {}) })], {
    options: { stopTimeout: 30 },
  });
  await entrypoint.start();
  await expect(entrypoint.stop()).rejects.toThrow('Service "b" did not stop within 30 ms.');
});

test('one failing stop stops no other', async () => {
  const entrypoint = make([
    new Recorded('a', {
      stop: () => {
        throw new Error('no');
      },
    }),
    new Recorded('b'),
  ]);
  await entrypoint.start();
  await expect(entrypoint.stop()).rejects.toThrow('Service "a" failed to stop: Error: no');
  expect(log.slice(4)).toEqual(['stop a', 'stop b']);
});

test('one that fails later has died, with its place', async () => {
  const entrypoint = make(
    [
      new Recorded('a', {
        start: async self => {
          self.started();
          await wait(5);
          throw new Error('boom');
        },
      }),
    ],
    { place: 'a.test.js:3' },
  );
  await entrypoint.start();
  while (deaths.length === 0) await wait(1);
  expect(deaths).toMatchObject([
    {
      code: 'ERR_SERVICE_DIED',
      message: expect.stringMatching(/"a" died: Error: boom\n {2}started at a.test.js:3/),
    },
  ]);
  await entrypoint.stop();
});

describe('context', () => {
  test('the default is there before services start; others wait for what is set', async () => {
    const seen: unknown[] = [];
    const entrypoint = make(
      [
        new Recorded('reader', { start: async self => seen.push(await self.context.get('port')) }),
        new Recorded('writer', {
          start: async self => self.context.set('port', Number(await self.context.get('base')) + 1),
        }),
      ],
      { defaultContext: { base: 8000 } },
    );
    await entrypoint.start();
    expect([seen, entrypoint.context.peek('port'), entrypoint.context.peek('other')]).toEqual([
      [8001],
      8001,
      undefined,
    ]);
    await entrypoint.stop();
  });

  test('what is never set rejects at the end, with its key', async () => {
    const entrypoint = make([]);
    await entrypoint.start();
    const value = entrypoint.context.get('db');
    await Promise.all([
      expect(value).rejects.toThrow('The context value "db" was never set'),
      entrypoint.stop(),
    ]);
    await expect(entrypoint.context.get('late')).rejects.toMatchObject({ code: 'ERR_SERVICE_CONTEXT' });
  });
});

test('signals come in order, are awaited, and are frozen after start', async () => {
  const service = new Recorded('a');
  const entrypoint = make([service]);
  for (const signal of ['preStart', 'postStart', 'preStop', 'postStop'] as const)
    entrypoint[signal].connect(async ({ services }) => {
      await wait(1);
      log.push(`${signal} ${services.length}`);
    });
  await entrypoint.start();
  expect(() => entrypoint.preStop.connect(() => {})).toThrow('The signal preStop is frozen');
  await entrypoint.stop();
  expect(log).toEqual([
    'preStart 1',
    'start a',
    'started a',
    'postStart 1',
    'preStop 1',
    'stop a',
    'postStop 1',
  ]);
});

test('services can be started and stopped at run time', async () => {
  const entrypoint = make([]);
  await entrypoint.start();
  const a = new Recorded('a');
  await entrypoint.startServices(a);
  expect(entrypoint.services).toEqual([a]);
  await entrypoint.stopServices(a);
  expect([entrypoint.services, log]).toEqual([[], ['start a', 'started a', 'stop a']]);
  await entrypoint.stop();
  await expect(entrypoint.startServices(a)).rejects.toThrow('startServices(): the entrypoint has ended.');
});

test('what is no service is refused at once', async () => {
  expect(() => make([Recorded as never])).toThrow(/To fix: give an instance: new MyService\(\)/);
  expect(() => make('a' as never)).toThrow(/services expected a Service, got "a"/);
  await expect(make([]).startServices({} as never)).rejects.toMatchObject({ code: 'ERR_SERVICE' });
  expect(() => new Recorded('a').context).toThrow('Service "a" has no context');
});
