import * as net from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { sized } from '../sizes';
import { WORKER_KINDS } from './kinds';
import { runLogged } from './logged';
import { keepJest } from './run-jest';

keepJest();

/** Ports per worker: each is held by a socket, beside the sockets of the servers. */
const COUNT = sized(50, 500);

/** Each file is a project of its own. */
const config = `
  const projectOf = name => ({ preset: 'jest-loop', displayName: name, testMatch: ['**/' + name + '.test.js'] });
  module.exports = { projects: ['a', 'b'].map(projectOf), testTimeout: 60000 };`;
/** Asks for many ports, by the factory of a test and that of a fixture of the file, and listens on each. */
const file = `
  const net = require('node:net');
  const { log } = require('./events');
  fixture('ofFile', { scope: 'file' }, ({ unusedTcpPortFactory }) => unusedTcpPortFactory);
  const listen = port => new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(port, () => resolve(server));
  });
  test('a server listens on each', async ({ unusedTcpPortFactory, ofFile, unusedUdpPortFactory }) => {
    for (let i = 0; i < ${COUNT}; i++) {
      const port = await (i % 2 === 0 ? unusedTcpPortFactory : ofFile)();
      log('tcp ' + port);
      const server = await listen(port);
      await new Promise(resolve => server.close(resolve));
      if (i % 10 === 0) log('udp ' + (await unusedUdpPortFactory()));
    }
  });`;

test.each(WORKER_KINDS)('%s no two ports are alike, and all are free afterwards', async (_kind, args) => {
  const files = { 'a.test.js': file, 'b.test.js': file, 'jest.config.js': config };
  const { report, log } = runLogged(files, { args });
  const errors = Object.values(report.files).flatMap(({ tests }) =>
    tests.flatMap(({ messages }) => messages),
  );
  expect({ errors, code: report.code }).toEqual({ errors: [], code: 0 });
  expect(log).toHaveLength(2 * (COUNT + COUNT / 10));
  expect(new Set(log).size).toBe(log.length);
  for (const line of log) if (line.startsWith('tcp')) await becomesFree(Number(line.slice(4)));
});

/** Other programs take any free port, if only for a moment; one that the run kept would stay taken. */
async function becomesFree(port: number): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await listen(port);
      return;
    } catch (error) {
      if (tries === 100) throw error;
      await wait(50);
    }
  }
}

async function listen(port: number): Promise<void> {
  const server = net.createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ port, exclusive: true }, resolve);
  });
  await new Promise(resolve => server.close(resolve));
}
