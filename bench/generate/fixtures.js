'use strict';

const { writeProject } = require('../project');
const { lines, testFiles, PRESET } = require('./sources');

// Resources that open and close asynchronously, but at once.
const RESOURCE = `
async function open(name, parent) {
  await undefined;
  return { name, parent, open: true };
}
async function close(resource) {
  await undefined;
  resource.open = false;
}
`;

const PLAIN = `
let server;
beforeAll(async () => { server = await open('server'); });
afterAll(async () => { await close(server); });

let db;
beforeEach(async () => { db = await open('db', server); });
afterEach(async () => { await close(db); });

let user;
beforeEach(async () => { user = await open('user', db); });
afterEach(async () => { await close(user); });

let session;
beforeEach(async () => { session = await open('session', user); });
afterEach(async () => { await close(session); });
`;

const LOOP = `
fixture('server', { scope: 'file' }, async function* () {
  const server = await open('server');
  yield server;
  await close(server);
});
fixture('db', async function* ({ server }) {
  const db = await open('db', server);
  yield db;
  await close(db);
});
fixture('user', async function* ({ db }) {
  const user = await open('user', db);
  yield user;
  await close(user);
});
fixture('session', async function* ({ user }) {
  const session = await open('session', user);
  yield session;
  await close(session);
});
`;

const BODY = `
  expect(session.parent.parent.parent).toBe(server);
  expect(session.open && server.open).toBe(true);
`;
const PARAMETER = { plain: '', loop: '{ session, server }' };

/** One after another, as in real code. */
const written = (side, tests) =>
  lines(tests, i => `test('is open ${i}', async (${PARAMETER[side]}) => {${BODY}});`);

/**
 * Files with the same source, plain and with jest-loop. `tail` makes the part after the fixtures, `resource` the source
 * of what they open and close.
 */
function projects(name, files, tests, tail, { resource = RESOURCE, ...more } = {}) {
  // As in the suites of trivial tests: only Jest and Babel on both sides.
  const project = { tests: files * tests, packageJson: { babel: {} }, ...more };
  const source = (side, own) => testFiles(files, resource + own + tail(side));
  return [
    writeProject(`${name}-plain`, { ...project, files: source('plain', PLAIN) }),
    writeProject(`${name}-loop`, { ...project, files: source('loop', LOOP), config: PRESET }),
  ];
}

/**
 * Files whose tests have three chained fixtures each, and one for the file; in plain Jest, a pair of hooks for
 * each. `more` goes to `writeProject`.
 */
function fixtures(name, files, tests, more) {
  return projects(name, files, tests, side => written(side, tests), more);
}

module.exports = { fixtures, projects, BODY, PARAMETER, RESOURCE };
