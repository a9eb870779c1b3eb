import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type FixturesOf, fixture, ProcessService } from 'jest-loop';
import { CarefulLedger } from './src/careful-ledger';
import type { Ledger } from './src/ledger';
import { NaiveLedger } from './src/naive-ledger';

export const fixtures = fixture('dataFile', { scope: 'file' }, function* () {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  yield join(folder, 'payments.jsonl');
  rmSync(folder, { recursive: true });
})
  // A process, killed as by a power failure. What it printed is shown with a test that fails.
  .fixture('database', { scope: 'file' }, async ({ entrypoint, unusedTcpPort, dataFile }) => {
    const database = new ProcessService({
      name: 'database',
      command: process.execPath,
      args: [resolve(__dirname, 'src/server.js'), String(unusedTcpPort), dataFile],
      ready: /^ready for connections$/,
      stopSignal: 'SIGKILL',
    });
    await entrypoint.startServices(database);
    return {
      port: unusedTcpPort,
      kill: () => entrypoint.stopServices(database),
      comeBack: () => entrypoint.startServices(database),
    };
  })
  // The network between the client and the database.
  .fixture('network', async function* ({ tcpProxy, database }) {
    await using proxy = new tcpProxy('127.0.0.1', database.port);
    yield await proxy.start();
  })
  .fixture('patience', 20_000)
  .fixture('ledger', async function* ({ network, patience }): AsyncGenerator<Ledger> {
    const Client = process.env.LEDGER === 'naive' ? NaiveLedger : CarefulLedger;
    const ledger = new Client({ host: network.host, port: network.port, patience });
    yield ledger;
    await network.disconnectAll();
    await ledger.close();
  });

declare module 'jest-loop' {
  interface Fixtures extends FixturesOf<typeof fixtures> {}
}
