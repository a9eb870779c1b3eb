import * as fs from 'node:fs';
import * as path from 'node:path';
import { LAYERS } from './layers';

const ROOT = path.resolve(__dirname, '../..');
const GUIDES = fs
  .readdirSync(path.join(ROOT, 'docs'))
  .filter(name => name.endsWith('.md'))
  .map(name => `docs/${name}`);
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'bench/RESULTS.md',
  'examples/README.md',
  ...GUIDES,
];
/** The pages for contributors, which name files of the source. */
const MAPS = ['docs/architecture.md', 'CONTRIBUTING.md'];

const read = (page: string): string => fs.readFileSync(path.join(ROOT, page), 'utf8');
const prose = (page: string): string => read(page).replace(/^```[\s\S]*?^```$/gm, '');

/** The paths in backticks: `src/loop/`, `test/unit/imports.test.ts`. */
function pathsIn(page: string): string[] {
  return [...prose(page).matchAll(/`((?:src|test|docs|bench|examples|\.github)\/[^`\s]*)`/g)].map(
    ([, found]) => found!,
  );
}

test.each(MAPS)('every path in %s exists', page => {
  const paths = pathsIn(page);
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter(each => !fs.existsSync(path.join(ROOT, each)))).toEqual([]);
});

/** What stands in a link to Jest's source is a path of Jest's. */
test('every path of ours in a comment of the source exists', () => {
  const paths = fs
    .readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .flatMap(name => read(`src/${name}`).match(/(?<![\w/@.-])(?:src|docs)\/[\w./-]+\.(?:ts|md)\b/g) ?? []);
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter(each => !fs.existsSync(path.join(ROOT, each)))).toEqual([]);
});

test('the table of layers names every folder of the source, in the order of its layers', () => {
  const table = /\| folder \| purpose \|\n([\s\S]*?)\n\n/.exec(read('docs/architecture.md'))![1]!;
  const named = [...table.matchAll(/^\| ([^|]*) \|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`src\/([^`]*)`/g)].map(([, folder]) => folder!.replace(/\/$/, '')),
  );
  expect(named).toEqual(LAYERS);
});

test('each walk has as many files as it says, at most 29', () => {
  const [, walks] = read('docs/architecture.md').split('## Walks');
  const parts = walks!.split(/^### /m).slice(1);
  const counts = parts.map(part => [
    Number(/\b(\d+) files/.exec(part)?.[1]),
    part.match(/^\d+\. `src\//gm)?.length,
  ]);
  expect(counts).toHaveLength(4);
  for (const [said, counted] of counts) {
    expect(said).toBe(counted);
    expect(counted).toBeLessThanOrEqual(29);
  }
});

test.each(PAGES)('every link in %s leads somewhere', page => {
  const links = [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
  const broken = links
    .filter(link => !/^https?:/.test(link))
    .filter(link => {
      const [file, anchor] = link.split('#') as [string, string?];
      const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
      if (!fs.existsSync(path.join(ROOT, target))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
  expect(broken).toEqual([]);
});

test('the README leads to every page that is for users', () => {
  const linked = [...read('README.md').matchAll(/\]\((docs\/[^)#]+)/g)].map(([, link]) => link!);
  expect(GUIDES.filter(page => !linked.includes(page))).toEqual(['docs/architecture.md']);
});

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(page: string): string[] {
  return [...prose(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
