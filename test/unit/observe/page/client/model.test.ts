import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Row } from '../../../../../src/observe/events/row';
import { Model } from '../../../../../src/observe/page/client/model';

const sample = path.resolve(__dirname, '../../sample.json');
const rows = JSON.parse(fs.readFileSync(sample, 'utf8')) as Row[];
const model = new Model(rows);

test('times count from the begin of the run, and parts stand in their order', () => {
  const begins = model.parts.map(({ begin }) => begin);
  expect(begins.every(begin => begin >= 0)).toBe(true);
  expect(begins).toEqual([...begins].sort((a, b) => a - b));
});

test('a stand-in has the name and the users of the instance in the main process', () => {
  expect(model.nameOf('201.4')).toBe('server');
  expect(model.instance('201.4')).toBe(model.instances.get('100.2'));
  const users = model.usersOf('100.2');
  expect(users).toEqual(expect.arrayContaining(['201.3', '201.6']));
});

test('an instance is named with its parameter, a retry with its number', () => {
  expect(model.nameOf('201.6')).toBe('db[memory]');
  const retried = { ...rows.find(({ row }) => row === 'test')!, id: 'x', attempt: 2 } as Row;
  expect(new Model([...rows, retried]).nameOf('x')).toMatch(/ \(attempt 2\)$/);
});

test('a failed set-up is a failed part with its errors', () => {
  const failed = model.parts.find(({ kind, id }) => kind === 'set-up' && id === '201.8')!;
  expect([failed.failed, failed.errors.length]).toEqual([true, 1]);
});

test('an id without a row says that it is lost', () => {
  expect(model.nameOf('9.9')).toBe('(lost: 9.9)');
});

test('rows without the last one hold no whole run', () => {
  expect(() => new Model(rows.filter(({ row }) => row !== 'run'))).toThrow('whole run');
});
