import { test as base, expect, Service } from 'jest-loop';

const stopped: string[] = [];

/** Does one thing in `start()`, after it is ready where that is said, and another in `stop()`. */
class Each extends Service {
  constructor(
    readonly label: string,
    private readonly does: { start?: () => unknown; later?: () => unknown; stop?: () => unknown } = {},
  ) {
    super();
  }

  override get name(): string {
    return this.label;
  }

  async start(): Promise<void> {
    await this.does.start?.();
    if (this.does.later === undefined) return;
    this.started();
    await this.does.later();
  }

  override async stop(error?: Error): Promise<void> {
    stopped.push(`${this.label}${error === undefined ? '' : `: ${error.message}`}`);
    await this.does.stop?.();
  }
}

const fails = (message: string) => async (): Promise<never> => {
  await null;
  throw new Error(message);
};
const hangs = (): Promise<never> => new Promise(() => {});

const test = base.extend('entrypointOptions', () => ({ startTimeout: 100, stopTimeout: 100 }));

describe('starts', () => {
  test.override('services', () => [
    new Each('fine'),
    new Each('broken', { start: fails('port taken') }),
    new Each('slow', { start: hangs }),
  ]);
  test('one fails and one is late: both are named', () => {});
});
test('those that had started, or still did, were stopped, with the error', () => {
  expect(stopped.splice(0).sort()).toEqual(['fine: port taken', 'slow: port taken']);
});

describe('starts at run time', () => {
  test('fail where they are called', async ({ entrypoint }) => {
    const broken = new Each('broken', { start: fails('no route') });
    await expect(entrypoint.startServices(new Each('beside'), broken)).rejects.toThrow(
      'Service "broken" failed to start: Error: no route',
    );
    expect(stopped.splice(0)).toEqual(['beside: no route']);
    expect(entrypoint.services).toEqual([]);
  });
  test('fail the test that does not handle it', ({ entrypoint }) =>
    entrypoint.startServices(new Each('broken', { start: fails('no route') })));
});

describe('deaths', () => {
  let die!: (error: Error) => void;
  const dies = (): Promise<never> => new Promise((_, reject) => void (die = reject));
  test.override('services', () => [new Each('mortal', { later: dies }), new Each('fine')]);
  test('end the test that waits', async ({ request }) => {
    request.signal.addEventListener('abort', () => stopped.push('signal of the test'));
    die(new Error('of old age'));
    await hangs();
  });
  test('happened once, and the others were stopped', { overrides: { services: [] } }, () => {
    expect(stopped.splice(0)).toEqual(['signal of the test', 'mortal: of old age', 'fine: of old age']);
  });
  test('of one that was started in the test', async ({ entrypoint }) => {
    await entrypoint.startServices(new Each('late', { later: fails('too young') }));
    await hangs();
  });
});

describe('stops', () => {
  test.override('services', () => [
    new Each('stuck', { stop: hangs }),
    new Each('broken', { stop: fails('no way down') }),
    new Each('fine'),
  ]);
  test('one fails and one hangs: both are named', () => void stopped.splice(0));
  test('each was called once', { overrides: { services: [] } }, () => {
    expect(stopped.splice(0)).toEqual(['stuck', 'broken', 'fine']);
  });
  test('beside an error of the body: both are reported', {
    overrides: { services: [new Each('broken', { stop: fails('no way down') })] },
  }, () => {
    throw new Error('the body');
  });
});
