const { log } = require('../../log');

jest.retryTimes(2);

describe('a further attempt tries once more', () => {
  test('a describe fixture', ({ describeWide }) => log(`describe ${describeWide}`));
  test('a file fixture, twice', ({ fileWide }) => log(`file ${fileWide}`));
  test('a directory fixture', ({ directoryWide }) => log(`directory ${directoryWide}`));
  test('a worker fixture, twice', ({ workerWide }) => log(`worker ${workerWide}`));
  test('a session fixture', ({ sessionWide }) => log(`session ${sessionWide}`));
});

describe('once an attempt', () => {
  fixture('never', { scope: 'describe' }, () => {
    log('never tried');
    throw new Error('never');
  });
  beforeEach(({ never }) => {});
  test('by all that ask', ({ never }) => {});
  afterEach(({ never }) => {});
});

describe('what came up stays', () => {
  test('for the next', ({ describeWide, fileWide, sessionWide }) =>
    log(`next ${describeWide} ${fileWide} ${sessionWide}`));
});
