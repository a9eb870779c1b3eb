import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT } from './run-jest';

/** The proxy in any program, and services in one that `runAsMain` runs. */
const PROGRAM = `
  const { once } = require('node:events');
  const { HttpServerService, Loop, ProcessService, TcpProxy } = require('jest-loop');
  const { runAsMain } = require('jest-loop/run');

  const web = new HttpServerService({ listener: (_, response) => response.end('hello') });
  const child = new ProcessService({
    command: process.execPath,
    args: ['-e', "console.log('up'); setInterval(() => {}, 1000)"],
    ready: /^up$/,
  });
  async function ask() {
    const proxy = await new TcpProxy(web.host, web.port).start();
    proxy.cutAfter(15, 'write');
    const client = proxy.createClient();
    client.write('GET / HTTP/1.1\\r\\nhost: x\\r\\n\\r\\n');
    let text = '';
    client.on('data', part => (text += part)).on('error', () => {});
    await once(client, 'close');
    await proxy.close({ timeout: 1000 });
    return text;
  }
  runAsMain(async ({ entrypoint }) => {
    const inLoop = new Loop();
    const cut = [await ask(), await inLoop.runUntilComplete(ask)];
    await inLoop.close();
    return [...cut, child.output, entrypoint.services.length];
  }, { services: [web, child] }).then(all => console.log(JSON.stringify(all)));`;

test('the proxy and services work in a program without Jest, which then ends', () => {
  const folder = fs.mkdtempSync(path.join(ROOT, '.tmp/no-jest-'));
  try {
    fs.writeFileSync(path.join(folder, 'program.js'), PROGRAM);
    const { stdout, stderr, status } = spawnSync(process.execPath, ['program.js'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect([stdout, stderr, status]).toEqual(['["HTTP/1.1 200 OK","HTTP/1.1 200 OK","up",2]\n', '', 0]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
