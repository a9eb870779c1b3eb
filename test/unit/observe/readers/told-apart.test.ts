import { type Line, type Source, toldApart } from '../../../../src/observe/readers/told-apart';

const line = (source: Partial<Source>, more: Partial<Line> = {}): Line => {
  const of = { scope: 'test', shown: 'db', at: 'a.test.js:1', ...source };
  return { indent: 2, text: `SETUP ${of.shown}`, of, ...more };
};

test('lines of one fixture stay as they are', () => {
  const passed: Line = { indent: 4, text: 'adds (uses db) passed' };
  expect(toldApart([line({}), line({}, { end: 'failed: no luck' }), passed, passed])).toEqual([
    '  SETUP db',
    '  SETUP db failed: no luck',
    '    adds (uses db) passed',
    '    adds (uses db) passed',
  ]);
});

test('those of an override say where each is declared, before how they ended', () => {
  expect(toldApart([line({}), line({ at: 'a.test.js:9' }, { end: 'failed: no luck' })])).toEqual([
    '  SETUP db (a.test.js:1)',
    '  SETUP db (a.test.js:9) failed: no luck',
  ]);
  expect(toldApart([line({}), line({ at: undefined })])[1]).toBe('  SETUP db (built in)');
});

test('another scope or parameter is a difference already', () => {
  const others = [line({}), line({ at: 'b:2', scope: 'file' }), line({ at: 'c:3', shown: 'db[1]' })];
  expect(toldApart(others)).toEqual(['  SETUP db', '  SETUP db', '  SETUP db[1]']);
});

test('those of several blocks name them', () => {
  const blocks = [['reads'], ['writes', 'twice'], []];
  expect(toldApart(blocks.map(block => line({ block })))).toEqual([
    '  SETUP db (in "reads")',
    '  SETUP db (in "writes › twice")',
    '  SETUP db (in the file)',
  ]);
});
