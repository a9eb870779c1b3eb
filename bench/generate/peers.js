'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { BODY, RESOURCE, fixtures } = require('./fixtures');
const { ROOT, SCRATCH } = require('../project');
const { trivial } = require('./trivial');
const { lines } = require('./sources');

/** Where the peers are installed. */
const PEERS = path.join(ROOT, 'bench/peers');

/** What each run of a counting suite appends a line to, for each resource that it opens or closes. */
const COUNTED = path.join(SCRATCH, 'counted.txt');

/** The resources of a suite that is not measured: it shows that each peer does the same work. */
const counting = load =>
  `${load}${RESOURCE.replace(
    '  await undefined;\n  return',
    `  fs.appendFileSync(${JSON.stringify(COUNTED)}, \`open \${name}\\n\`);\n  await undefined;\n  return`,
  ).replace(
    '  resource.open = false;',
    `  resource.open = false;\n  fs.appendFileSync(${JSON.stringify(COUNTED)}, \`close \${resource.name}\\n\`);`,
  )}`;
const COMMONJS = "const fs = require('node:fs');\n";

/** How often each resource was opened and closed since the last call: `{ 'open db': 3, … }`. */
function takeCounts() {
  const lines = fs.existsSync(COUNTED) ? fs.readFileSync(COUNTED, 'utf8').trim().split('\n') : [];
  fs.rmSync(COUNTED, { force: true });
  const counts = {};
  for (const line of lines) counts[line] = (counts[line] ?? 0) + 1;
  return counts;
}

const CHAIN = `
  db: async ({ server }, use) => { const db = await open('db', server); await use(db); await close(db); },
  user: async ({ db }, use) => { const user = await open('user', db); await use(user); await close(user); },
  session: async ({ user }, use) => { const session = await open('session', user); await use(session); await close(session); },
`;
const server = options => `
  server: [async ({}, use) => { const server = await open('server'); await use(server); await close(server); }, ${options}],`;

const MOCHA = `
let server, db, user, session;
before(async () => { server = await open('server'); });
after(async () => { await close(server); });
beforeEach(async () => { db = await open('db', server); });
beforeEach(async () => { user = await open('user', db); });
beforeEach(async () => { session = await open('session', user); });
afterEach(async () => { await close(session); });
afterEach(async () => { await close(user); });
afterEach(async () => { await close(db); });
`;
const MOCHA_BODY = `
  assert.equal(session.parent.parent.parent, server);
  assert.equal(session.open && server.open, true);
`;

/** Each peer: how its tests look. */
const KINDS = {
  vitest: {
    load: "import fs from 'node:fs';\n",
    head: "import { test, expect } from 'vitest';",
    fixtures: resource => `import { test as base, expect } from 'vitest';${resource}
const test = base.extend({${server("{ scope: 'file' }")}${CHAIN}});`,
  },
  playwright: {
    head: "const { test, expect } = require('@playwright/test');",
    // It has no scope of a file: its worker scope is the nearest.
    fixtures: resource => `const { test: base, expect } = require('@playwright/test');${resource}
const test = base.extend({${server("{ scope: 'worker' }")}${CHAIN}});`,
  },
  mocha: {
    head: "const assert = require('node:assert'); const test = it;",
    fixtures: resource => `const assert = require('node:assert'); const test = it;${resource}`,
    // One process runs all files: hooks outside of a block would run for the tests of each.
    around: body => `describe('file', () => {${MOCHA}\n${body}\n});`,
    trivialBody: i => `const one = 1; assert.equal(${i} + one, ${i + 1});`,
  },
};

/** The source of a test file of a peer. */
function source(kind, suite, tests) {
  const { load = COMMONJS, head, fixtures: withFixtures, around = body => body, trivialBody } = KINDS[kind];
  if (suite === 'trivial') {
    const body = trivialBody ?? (i => `const one = 1; expect(${i} + one).toBe(${i + 1});`);
    return `${head}\n${lines(tests, i => `test('adds ${i}', ${kind === 'playwright' ? 'async ' : ''}() => { ${body(i)} });`)}`;
  }
  const resource = suite === 'counting' ? counting(load) : RESOURCE;
  const [parameter, body] = kind === 'mocha' ? ['', MOCHA_BODY] : ['{ session, server }', BODY];
  const written = lines(tests, i => `test('is open ${i}', async (${parameter}) => {${body}});`);
  return `${withFixtures(resource)}\n${around(written)}`;
}

/** Writes a suite for a peer: `trivial`, `fixtures`, or `counting`, which is `fixtures` that count. Returns its folder. */
function peer(kind, suite, files, tests) {
  const dir = path.join(SCRATCH, `peers-${kind}-${suite}`);
  fs.mkdirSync(dir, { recursive: true });
  fs.symlinkSync(path.join(PEERS, 'node_modules'), path.join(dir, 'node_modules'), 'junction');
  fs.writeFileSync(path.join(dir, 'package.json'), '{ "private": true }');
  const extension = kind === 'vitest' ? 'mjs' : 'js';
  for (let i = 1; i <= files; i++)
    fs.writeFileSync(path.join(dir, `file-${i}.test.${extension}`), source(kind, suite, tests));
  return dir;
}

/** The same suites for plain Jest and jest-loop, as in the other benchmarks. */
function jest(suite, files, tests) {
  if (suite === 'trivial') return trivial('peers-t', files, tests);
  return suite === 'fixtures'
    ? fixtures('peers-f', files, tests)
    : fixtures('peers-c', files, tests, { resource: counting(COMMONJS) });
}

module.exports = { PEERS, jest, peer, takeCounts };
