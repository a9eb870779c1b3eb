import * as fs from 'node:fs';
import * as path from 'node:path';

interface Facts {
  readonly version: string;
  readonly lockVersion: string;
  readonly changelog: string;
}
const { mistakes, npmTag } = require('../../tools/release') as {
  mistakes(tag: string, facts: Facts): string[];
  npmTag(version: string): string;
};
const ROOT = path.resolve(__dirname, '../../..');
const read = (name: string): string => fs.readFileSync(path.join(ROOT, name), 'utf8');

const facts: Facts = {
  version: '1.2.3',
  lockVersion: '1.2.3',
  changelog: '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-01-31\n\n### Added\n',
};

test('a tag, a package, a lock file and a changelog that agree can be released', () => {
  expect(mistakes('v1.2.3', facts)).toEqual([]);
});

test.each([
  ['another tag', 'v1.2.4', {}, 'The tag is v1.2.4'],
  [
    'another version in the lock file',
    'v1.2.3',
    { lockVersion: '1.2.2' },
    'package-lock.json has version 1.2.2',
  ],
  ['no entry', 'v1.2.3', { changelog: '## [Unreleased]\n' }, 'has no heading "## [1.2.3] - YYYY-MM-DD"'],
  ['no date', 'v1.2.3', { changelog: '## [1.2.3]\n' }, 'gives no date for 1.2.3'],
])('%s is named', (_, tag, wrong, text) => {
  expect(mistakes(tag, { ...facts, ...wrong })).toEqual([expect.stringContaining(text)]);
});

test('a release candidate does not become the latest version', () => {
  expect([npmTag('1.0.0-rc.1'), npmTag('1.0.0')]).toEqual(['next', 'latest']);
});

test('this package and its lock file are of one version', () => {
  const { version } = JSON.parse(read('package.json'));
  expect(JSON.parse(read('package-lock.json')).version).toBe(version);
});

test('the changelog keeps to its form', () => {
  const headings = read('CHANGELOG.md').match(/^##+ .*$/gm)!;
  expect(headings[0]).toMatch(/^## \[/);
  for (const heading of headings)
    expect(heading).toMatch(
      /^## \[(Unreleased|\d+\.\d+\.\d+(-\w+\.\d+)?)\]( - \d{4}-\d\d-\d\d)?$|^### (Added|Changed|Deprecated|Removed|Fixed|Security)$/,
    );
});

test('a release is published with its provenance, after all tests', () => {
  const workflow = read('.github/workflows/release.yml');
  for (const part of ['id-token: write', '--provenance', 'needs: test', 'npm run test:full'])
    expect(workflow).toContain(part);
});
