import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readConfig } from '../../../../src/cli/init/find-config';
import { type Projects, projectsOf } from '../../../../src/cli/init/projects';

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-projects-'));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
}

/** Of a root with this configuration. */
function projectsIn(config: string): Projects | undefined {
  write({ 'jest.config.js': `module.exports = ${config};` });
  return projectsOf(readConfig(path.join(root, 'jest.config.js')), root, file =>
    path.relative(root, file).replaceAll('\\', '/'),
  );
}

const whys = (projects: Projects | undefined): string[] | undefined => projects?.advice.map(({ why }) => why);
const HAS = 'it has projects, so a preset in it has no effect';

test.each(['{}', "{ preset: 'jest-loop' }", '{ projects: [] }'])('there are none in %s', config => {
  expect(projectsIn(config)).toBeUndefined();
});

test.each(["['packages/*']", "['<rootDir>/packages/*']", "['packages/api', 'packages/web', 'packages/ui*']"])(
  'names those that need the preset: %s',
  projects => {
    write({
      'packages/api/package.json': '{}',
      'packages/web/jest.config.ts': 'export default {};',
      'packages/ui/package.json': '{ "jest": { "testEnvironment": "jsdom" } }',
      'packages/README.md': '',
    });
    const found = projectsIn(`{ preset: 'jest-loop', projects: ${projects} }`);
    expect(whys(found)).toEqual([
      `${HAS}. Add this line to packages/api/jest.config.js and to packages/web/jest.config.ts`,
      expect.stringContaining(
        `${HAS}. In packages/ui/package.json, it has a testEnvironment. Add the preset`,
      ),
    ]);
    expect(found).toMatchObject({
      commands: ['npx jest-loop --init --config packages/api', 'npx jest-loop --init --config packages/web'],
      seeRoot: false,
    });
  },
);

test('those that have it need a first jest.fixtures file at most', () => {
  const uses = "module.exports = { preset: 'jest-loop' };";
  write({ 'p/a/jest.config.js': uses, 'p/b/jest.config.js': uses, 'p/b/jest.fixtures.ts': '' });
  expect(projectsIn("{ projects: ['p/*'] }")).toEqual({
    advice: [],
    commands: ['npx jest-loop --init --config p/a'],
    seeRoot: false,
  });
});

test('those that are written out are named by their index, and may see fixtures of the root', () => {
  const found = projectsIn("{ projects: [{ preset: 'jest-loop' }, { rootDir: 'sub' }] }");
  expect(whys(found)).toEqual([`${HAS}. Add this line to jest.config.js (projects[1])`]);
  expect(found).toMatchObject({ commands: [], seeRoot: true });
  expect(projectsIn("{ projects: [{ rootDir: 'sub' }] }")).toMatchObject({ seeRoot: false });
});

test.each(['packages()', '[api]', "['{a,b}/*']", "['none']"])('cannot tell of %s', projects => {
  const config = `{ preset: 'jest-loop', projects: ${projects} }`;
  expect(whys(projectsIn(config))).toEqual([`${HAS}. Add this line to each of them`]);
  const somewhere = `${config}; const api = { preset: 'jest-loop' }`;
  expect(whys(projectsIn(somewhere))).toEqual([]);
});
