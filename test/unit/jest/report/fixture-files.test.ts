import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { describeFixtureFiles } from '../../../../src/jest/report/fixture-files';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'fixture-files-'));
afterAll(() => fs.rmSync(root, { recursive: true }));

test('lists loaded files, misnamed ones, and those too far up', () => {
  const files = [
    'jest.fixtures.js',
    '.git/x',
    'app/jest.fixtures.ts',
    'app/jest.fixtures.cjs',
    'app/a/jest.fixture.js',
  ];
  for (const file of [...files, 'app/a/jest-fixtures.tsx', 'app/a/jest.config.js']) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), '');
  }
  const app = path.join(root, 'app');
  const describe = (declares: boolean) =>
    describeFixtureFiles({ rootDir: app, roots: [app] }, path.join(app, 'a/b.test.js'), () => declares);
  expect(describe(false).empty).toEqual(['jest.fixtures.ts']);
  expect(describe(true)).toEqual({
    lookedIn: ['<rootDir>', 'a'],
    loaded: ['jest.fixtures.ts'],
    empty: [],
    second: ['jest.fixtures.cjs'],
    misnamed: ['a/jest-fixtures.tsx', 'a/jest.fixture.js'],
    above: ['../jest.fixtures.js'],
    top: 'rootDir',
  });
});

test('for a test outside rootDir, those too far up lie above its roots', () => {
  const [rootDir, roots] = [path.join(root, 'other'), [path.join(root, 'app/a')]];
  expect(
    describeFixtureFiles({ rootDir, roots }, path.join(root, 'app/a/b.test.js'), () => true),
  ).toMatchObject({
    lookedIn: ['../app/a'],
    above: ['../app/jest.fixtures.cjs', '../app/jest.fixtures.ts', '../jest.fixtures.js'],
    top: 'roots',
  });
});
