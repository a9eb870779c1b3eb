'use strict';

const { writeProject } = require('../project');
const { PRESET, testFiles } = require('./sources');

/** The start-up time in ms of the service that all files need. */
const START = 500;

/** Makes Jest start workers even for a short suite. */
const TWO_WORKERS = ['--maxWorkers=2', '--workerIdleMemoryLimit=4GB'];

// Each start adds a line to a file.
const SOURCE = `
const fs = require('node:fs');
const path = require('node:path');
exports.start = async () => {
  fs.appendFileSync(path.join(__dirname, 'starts.txt'), 'started\\n');
  await new Promise(resolve => setTimeout(resolve, ${START}));
  return { url: 'http://localhost:8080' };
};
`;

const HOOK = `
const { start } = require('./service');
let service;
beforeAll(async () => { service = await start(); });
test('uses it', () => { expect(service.url).toMatch('http'); });
`;

const GLOBAL_SETUP = `
const { start } = require('./service');
module.exports = async () => { process.env.SERVICE_URL = (await start()).url; };
`;
const GLOBAL = "test('uses it', () => { expect(process.env.SERVICE_URL).toMatch('http'); });";

const FIXTURE = `
const { start } = require('./service');
fixture('service', { scope: 'session' }, () => start());
`;
const SESSION = "test('uses it', ({ service }) => { expect(service.url).toMatch('http'); });";

/** Files on two workers that need one service: started by each file, by a global set-up, or by a session fixture. */
function shared(files) {
  const project = (side, source, others, config) =>
    writeProject(`h-${side}`, {
      files: { 'service.js': SOURCE, ...others, ...testFiles(files, source) },
      tests: files,
      packageJson: { babel: {} },
      config,
      args: TWO_WORKERS,
    });
  return [
    project('hook', HOOK, {}, {}),
    project('global', GLOBAL, { 'global.js': GLOBAL_SETUP }, { globalSetup: './global.js' }),
    project('session', SESSION, { 'jest.fixtures.js': FIXTURE }, PRESET),
  ];
}

module.exports = { shared, START, TWO_WORKERS };
