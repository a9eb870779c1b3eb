'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { BODY, RESOURCE, fixtures } = require('./fixtures');
const { ROOT, SCRATCH } = require('../project');
const { trivial } = require('./trivial');
const { lines } = require('./sources');

/** Where the peers are installed: `npm ci` in that folder. */
const PEERS = path.join(ROOT, 'bench/peers');

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

/** Each peer: how its tests look, and its command line for one worker or two. */
const KINDS = {
  vitest: {
    head: "import { test, expect } from 'vitest';",
    fixtures: `import { test as base, expect } from 'vitest';${RESOURCE}
const test = base.extend({${server("{ scope: 'file' }")}${CHAIN}});`,
  },
  playwright: {
    head: "const { test, expect } = require('@playwright/test');",
    // It has no scope of a file: its worker scope is the nearest.
    fixtures: `const { test: base, expect } = require('@playwright/test');${RESOURCE}
const test = base.extend({${server("{ scope: 'worker' }")}${CHAIN}});`,
  },
  mocha: {
    head: "const assert = require('node:assert'); const test = it;",
    fixtures: `const assert = require('node:assert'); const test = it;${RESOURCE}${MOCHA}`,
    trivialBody: i => `const one = 1; assert.equal(${i} + one, ${i + 1});`,
  },
};

/** The source of a test file of a peer. */
function source(kind, suite, tests) {
  const { head, fixtures: withFixtures, trivialBody } = KINDS[kind];
  if (suite === 'trivial') {
    const body = trivialBody ?? (i => `const one = 1; expect(${i} + one).toBe(${i + 1});`);
    return `${head}\n${lines(tests, i => `test('adds ${i}', ${kind === 'playwright' ? 'async ' : ''}() => { ${body(i)} });`)}`;
  }
  const [parameter, body] = kind === 'mocha' ? ['', MOCHA_BODY] : ['{ session, server }', BODY];
  return `${withFixtures}\n${lines(tests, i => `test('is open ${i}', async (${parameter}) => {${body}});`)}`;
}

/** A program of a peer that runs the suite: its name and its arguments. */
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

/** Plain Jest and jest-loop, as in the other suites. */
const jest = (suite, files, tests) =>
  suite === 'trivial' ? trivial('peers-t', files, tests) : fixtures('peers-f', files, tests);

module.exports = { PEERS, jest, peer };
