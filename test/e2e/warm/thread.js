'use strict';

/*
 * Starts `host.js` and talks to it for a thread that waits. The answer to a request is the exit code of the run, and the
 * process that it ran in. If a run has ended that process, the next one gets another. `end` instead of a request ends
 * the process and the thread.
 */
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { workerData } = require('node:worker_threads');

const { jest, port, signal, output, errors } = workerData;
let host;
let answer = () => {};

port.on('message', request => {
  if (request === 'end') {
    port.close();
    host?.stdin.end();
    return;
  }
  host ??= start();
  const { pid } = host;
  const late = setTimeout(() => host?.kill('SIGKILL'), request.timeout);
  answer = code => {
    answer = () => {};
    clearTimeout(late);
    port.postMessage({ pid, code });
    Atomics.store(signal, 0, 1);
    Atomics.notify(signal, 0);
  };
  host.stdin.write(`${JSON.stringify(request)}\n`);
});

function start() {
  const files = [output, errors].map(file => fs.openSync(file, 'a'));
  const stdio = ['pipe', ...files, 'pipe'];
  const child = spawn(process.execPath, [path.join(__dirname, 'host.js'), jest], { stdio });
  for (const file of files) fs.closeSync(file);
  child.stdio[3].setEncoding('utf8').on('data', line => answer(Number(line)));
  child.once('close', code => {
    host = undefined;
    answer(code);
  });
  // Of a process that ends: `close` says so.
  child.stdin.on('error', () => {});
  return child;
}
