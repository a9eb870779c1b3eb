'use strict';

/*
 * node bench/proxy.js [--package DIR]
 *
 * What a TcpProxy costs beside a bare pipe of two sockets: throughput of a large body, and the time of a small round
 * trip. Each in turn, several times; the medians count.
 */
const net = require('node:net');
const path = require('node:path');
const { parseArgs } = require('node:util');

const { values } = parseArgs({ options: { package: { type: 'string' } } });
const { TcpProxy } = require(
  path.resolve(values.package ?? path.join(__dirname, '../node_modules/jest-loop')),
);

const BODY = Buffer.alloc(64 * 1024 * 1024, 'x');
const TRIPS = 2000;
const ROUNDS = 7;

const listen = server =>
  new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
const close = server => new Promise(resolve => server.close(resolve));
const median = numbers => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** A server that counts what it gets and answers with one byte at its end; or sends each byte back. */
const sink = () =>
  net.createServer({ allowHalfOpen: true, noDelay: true }, socket => {
    socket.resume().on('end', () => socket.end('.'));
  });
const echo = () => net.createServer({ noDelay: true }, socket => void socket.pipe(socket));

/** The bare pipe that the proxy is measured beside. */
async function pipeTo(port) {
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, client => {
    const target = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    client.pipe(target).pipe(client);
  });
  return { port: await listen(server), end: () => close(server) };
}

async function proxyTo(port, options) {
  const proxy = await new TcpProxy('127.0.0.1', port, options).start();
  return { port: proxy.port, end: () => proxy.close() };
}

const WAYS = {
  'no proxy': async port => ({ port, end: async () => {} }),
  'net pipe': pipeTo,
  TcpProxy: port => proxyTo(port, {}),
  'TcpProxy, not buffered': port => proxyTo(port, { buffered: false }),
};

async function throughput(port) {
  const begun = performance.now();
  const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.end(BODY);
  await new Promise(resolve => socket.resume().on('close', resolve));
  return BODY.length / 1e6 / ((performance.now() - begun) / 1000);
}

async function latency(port) {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise(resolve => socket.once('connect', resolve));
  const begun = performance.now();
  for (let i = 0; i < TRIPS; i++) {
    socket.write('x');
    await new Promise(resolve => socket.once('data', resolve));
  }
  const ms = (performance.now() - begun) / TRIPS;
  socket.destroy();
  return ms;
}

async function measure(make, run) {
  const found = Object.fromEntries(Object.keys(WAYS).map(name => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, way] of Object.entries(WAYS)) {
      const server = make();
      const { port, end } = await way(await listen(server));
      found[name].push(await run(port));
      await end();
      await close(server);
    }
  }
  return Object.fromEntries(Object.entries(found).map(([name, numbers]) => [name, median(numbers)]));
}

async function main() {
  const rates = await measure(sink, throughput);
  const trips = await measure(echo, latency);
  console.log(
    `Node ${process.versions.node}; medians of ${ROUNDS}: 64 MB one way; ${TRIPS} round trips of a byte`,
  );
  for (const name of Object.keys(WAYS)) {
    const share = Math.round((100 * rates[name]) / rates['net pipe']);
    const added = trips[name] - trips['net pipe'];
    console.log(
      `${name.padEnd(24)} ${rates[name].toFixed(0).padStart(6)} MB/s (${share} % of the pipe)   ${trips[name].toFixed(3)} ms per trip (${added >= 0 ? '+' : ''}${added.toFixed(3)} to the pipe)`,
    );
  }
}

void main();
