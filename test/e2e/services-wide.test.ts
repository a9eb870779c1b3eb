import { KINDS } from './kinds';
import { counts, runLogged } from './logged';

const config = "module.exports = { preset: 'jest-loop' };";

/** What the services of all folders are made of: one that serves its name, one that logs its life. */
const SHARED_TS = `
  import { HttpServerService, Service } from 'jest-loop';
  const { log } = require('./events');
  export class Logs extends Service {
    readonly at: string;
    constructor(at: string) {
      super();
      this.at = at;
    }
    override get name(): string {
      return this.at;
    }
    async start(): Promise<void> {
      log('start ' + this.at);
      this.context.set('up', this.at);
    }
    override async stop(error?: Error): Promise<void> {
      log('stop ' + this.at + (error === undefined ? '' : ' for ' + error.message));
    }
  }
  export const serve = (text: string): HttpServerService =>
    new HttpServerService({ listener: (_, response) => response.end(text) });
  export const logs = (at: string): Logs => new Logs(at);`;

const fixturesOf = (scope: string): string => `
  import { type FixturesOf, fixture, type HttpServerService } from 'jest-loop';
  import { logs, serve } from '../shared';
  export const fixtures = fixture('services', { scope: '${scope}' }, () => [logs('${scope}'), serve('${scope}')])
    .fixture('url', { scope: '${scope}' }, ({ services: [, server], entrypoint }) =>
      entrypoint.services.length + ' ' + (server as HttpServerService).url);
  declare module 'jest-loop' { interface Fixtures extends FixturesOf<typeof fixtures> {} }`;

const usesIn = (scope: string): string => `
  const { log } = require('../events');
  const get = async url => (await fetch(url.split(' ')[1])).text();
  test('reaches it', async ({ url }) => {
    expect([url[0], await get(url)]).toEqual(['2', '${scope}']);
  });
  test('without a request', () => {});
  ${
    scope === 'session'
      ? ''
      : `
  test('has the one that runs', async ({ services, entrypoint }) => {
    expect(entrypoint.services).toEqual(services);
    expect(await entrypoint.context.get('up')).toBe('${scope}');
  });`
  }
  describe('overridden further in', () => {
    const { logs } = require('../shared');
    test.override('services', { scope: 'test' }, () => [logs('a test in ${scope}')]);
    test('starts its own', ({ entrypoint }) => {
      expect(entrypoint.services.map(({ name }) => name)).toEqual(['a test in ${scope}']);
    });
  });`;

/** Params, and their values one after another. */
const PARAMS_TS = `
  import { fixture } from 'jest-loop';
  import { logs } from '../shared';
  fixture('services', { scope: 'directory', params: ['red', 'blue'] }, (_, { param }) => [logs(param as string)]);`;
const PARAMS_JS = `
  for (const name of ['one', 'another'])
    test(name, ({ services: [{ name }], entrypoint }) => {
      expect(entrypoint.services.map(each => each.name)).toEqual([name]);
    });
  test('without a request', () => {});`;

/** One that fails to start, one that dies, one that fails to stop, each for all tests of a worker. */
const FAILING_TS = `
  import { fixture, Service } from 'jest-loop';
  import { logs } from '../shared';
  class Fails extends Service {
    constructor(readonly phase: 'start' | 'stop') {
      super();
    }
    start(): void {
      if (this.phase === 'start') throw new Error('port taken');
    }
    override stop(): void {
      if (this.phase === 'stop') throw new Error('no way down');
    }
  }
  fixture('services', { scope: 'worker' }, () => [new Fails('PHASE'), logs('beside one that fails to PHASE')]);`;
const DYING_TS = `
  import { fixture, Service } from 'jest-loop';
  class Dies extends Service {
    #die!: (error: Error) => void;
    async start(): Promise<void> {
      this.context.set('die', () => this.#die(new Error('of old age')));
      this.started();
      await new Promise<void>((_, reject) => {
        this.#die = reject;
      });
    }
  }
  fixture('services', { scope: 'directory' }, () => [new Dies()]);`;
const DYING_JS = `
  test('dies', async ({ entrypoint }) => {
    entrypoint.context.peek('die')();
    await new Promise(() => {});
  });
  test('cannot have it either', () => {});`;

const failing = (phase: string): string => FAILING_TS.replaceAll('PHASE', phase);

test.each(KINDS)(
  '%s services live as long as their scope, wherever it is',
  async (_kind, args, processes) => {
    const scopes = ['session', 'worker', 'directory'];
    const files = {
      'shared.ts': SHARED_TS,
      ...Object.fromEntries(
        scopes.flatMap(scope => [
          [`${scope}/jest.fixtures.ts`, fixturesOf(scope)],
          [`${scope}/a.test.js`, usesIn(scope)],
          [`${scope}/b.test.js`, usesIn(scope)],
        ]),
      ),
      'params/jest.fixtures.ts': PARAMS_TS,
      'params/a.test.js': PARAMS_JS,
      'dying/jest.fixtures.ts': DYING_TS,
      'dying/a.test.js': DYING_JS,
      'start/jest.fixtures.ts': failing('start'),
      'start/a.test.js': "test('a', () => {}); test('b', () => {});",
      'stop/jest.fixtures.ts': failing('stop'),
      'stop/a.test.js': "test('a', () => {});",
      'jest.config.js': config,
    };
    const { report, log } = runLogged(files, { args });
    const reported = Object.entries(report.files).flatMap(([file, { tests }]) =>
      tests.flatMap(({ name, messages: [text] }) =>
        text === undefined ? [] : [`${file} ${name}: ${text}`.split('\n', 2).join()],
      ),
    );
    expect(reported.sort()).toEqual([
      'dying/a.test.js cannot have it either: Service "Dies" died: Error: of old age,  started at dying/jest.fixtures.ts:13',
      'dying/a.test.js dies: Service "Dies" died: Error: of old age,  started at dying/jest.fixtures.ts:13',
      'start/a.test.js a: Service "Fails" failed to start: Error: port taken,  started at start/jest.fixtures.ts:15',
      'start/a.test.js b: Service "Fails" failed to start: Error: port taken,  started at start/jest.fixtures.ts:15',
    ]);
    expect(report.output).toMatch(
      /Fixture "entrypoint" \(scope "worker"\) failed in its teardown: Service "Fails"/,
    );
    const found = counts(log);
    for (const name of ['worker', 'directory']) {
      expect(found[`start ${name}`]).toBe(found[`stop ${name}`]);
      expect(found[`start ${name}`]).toBeLessThanOrEqual(processes);
    }
    expect(found).toMatchObject({
      'start session': 1,
      'stop session': 1,
      'start red': 1,
      'stop blue': 1,
      'stop beside one that fails to start for port taken': 1,
      'stop beside one that fails to stop': 1,
      ...Object.fromEntries(scopes.map(scope => [`start a test in ${scope}`, 2])),
    });
    expect(log.at(-1)).toBe('stop session');
  },
);
