const { getRunningLoop } = require('jest-loop');

let ofFile;
beforeAll(({ eventLoop }) => {
  ofFile = eventLoop;
  expect(getRunningLoop()).toBe(ofFile);
  expect(ofFile.name).toBe('file loop');
});
afterAll(() => expect(getRunningLoop()).toBe(ofFile));
describe('a block', () => {
  let ofBlock;
  beforeAll(() => {
    ofBlock = getRunningLoop();
  });
  afterAll(() => expect(getRunningLoop()).toBe(ofBlock));
  test('beforeAll runs in the Loop of its block', { loopScope: 'describe' }, () => {
    expect(ofBlock.name).toBe('describe loop');
    expect(getRunningLoop()).toBe(ofBlock);
  });
});
test('at top level in that of the file', { loopScope: 'file' }, () => expect(getRunningLoop()).toBe(ofFile));
