/*
 * What a package or a project reference exports must be nameable in its declarations: with `declaration`, each inferred
 * type here is one that TypeScript writes out. None may lead to a file of jest-loop that is no entry (TS2742).
 */
import {
  type Available,
  CancelledError,
  fixture,
  getRunningLoop,
  HttpServerService,
  Loop,
  mergeTests,
  newEventLoop,
  ProcessService,
  Service,
  sleep,
  TcpProxy,
  TcpServerService,
  test,
  type Use,
} from 'jest-loop';
import { withLoop } from 'jest-loop/environment';
import jestLoop from 'jest-loop/eslint';
import { withSession } from 'jest-loop/global-setup';
import { withSession as withTeardown } from 'jest-loop/global-teardown';
import preset from 'jest-loop/jest-preset';
import { runAsMain, runJest } from 'jest-loop/run';
import { Todo } from '../helpers';

export const chain = fixture('proxy', ({ tcpProxy }) => new tcpProxy('localhost', 80)).fixture(
  'worker',
  ({ tasks, entrypoint, eventLoop }) => ({ task: tasks.start(async () => 1), entrypoint, eventLoop }),
);
export const byName = test.extend('proxy', { scope: 'file' }, () => new TcpProxy('localhost', 80));
export const byObject = byName.extend({
  todo: async (_, use: Use<Todo>) => use(new Todo()),
  number: [async (_, use) => use(1), { scope: 'file' }],
  text: 'x',
});
export const merged = mergeTests(byName, byObject);
export const { extend, override, each, describe, beforeEach, afterAll } = merged;
export const ofTable = merged.each([[1, 'x']]);
export const marked = merged.useFixtures('todo').catchLoopExceptions;

export const start = () => getRunningLoop().createTask(async () => 'x');
export const promise = () => getRunningLoop().createFuture<number>();
export const later = () => getRunningLoop().callLater(5, () => {});
export const classes = { CancelledError, HttpServerService, Loop, ProcessService, Service, TcpServerService };
export const functions = { getRunningLoop, newEventLoop, runAsMain, runJest, sleep };
export class OwnLoop extends Loop {}
export class OwnService extends Service {
  override async start() {
    return this.context.get('port');
  }
}
export const parts = (all: Available) => ({
  context: all.entrypoint.context,
  preStart: all.entrypoint.preStart,
  backend: all.loopBackend,
  executor: all.threadPoolExecutor,
  socket: all.socketFactory({ type: 'udp' }),
  clients: new all.tcpProxy('localhost', 80).clients,
  request: all.request,
  timeout: all.asyncTimeoutProvider,
});

export const environment = withLoop(
  class {
    async setup() {}
    async teardown() {}
  },
);
export const setup = withSession(async () => {});
export const teardown = withTeardown(async () => {});
export const configurations = { jest: { ...preset, bail: true }, same: preset, eslint: [jestLoop] };
