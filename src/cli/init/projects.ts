import { existsSync, readdirSync, statSync } from '../../node/fs';
import * as path from '../../node/path';
import { type Advice, addPreset, type Outcome, PRESET } from './add-preset';
import type { ConfigObject } from './config-object';
import { type ConfigFile, configFileOf, readConfig } from './find-config';

/** The `projects` of a configuration. Each of them needs the preset: beside `projects` it has no effect. */
export interface Projects {
  /** What to write, for each kind of them; none where all use the package, or may do so. */
  readonly advice: readonly Advice[];
  /** The commands that do it for those with a configuration of their own. */
  readonly commands: readonly string[];
  /** Tests of some of them see a `jest.fixtures` file in the root. */
  readonly seeRoot: boolean;
}

/** One of them: in a file or folder of its own, or written out. */
interface Project {
  /** What it is called, to the user. */
  readonly name: string;
  readonly path?: string;
  readonly outcome: Outcome;
}

const HAS_PROJECTS = 'it has projects, so a preset in it has no effect';

/** Undefined without `projects`. `nameOf` shows a file. */
export function projectsOf(
  config: ConfigFile,
  rootDir: string,
  nameOf: (file: string) => string,
): Projects | undefined {
  const member = config.object?.members.find(({ name }) => name === 'projects');
  if (member === undefined || member.items?.length === 0) return undefined;
  const { items = [undefined] } = member;
  const found = items.map((item, index): Project[] => {
    if (typeof item === 'string') return expanded(item, rootDir).map(each => inFile(each, nameOf));
    if (item === undefined) return [];
    const name = `${nameOf(config.file)} (projects[${index}])`;
    return [{ name, outcome: addPreset(config.text, item, config.isJson) }];
  });
  const projects = found.flat();
  const seeRoot =
    projects.some(each => each.path !== undefined && path.relative(rootDir, each.path) === '') ||
    items.some(item => typeof item === 'object' && !has(item, 'rootDir'));
  if (found.every(each => each.length > 0))
    return { advice: adviceFor(projects), commands: commandsFor(projects, nameOf), seeRoot };
  const mayUse = /['"]jest-loop/.test(withoutPreset(config.text, config.object!));
  const advice = mayUse ? [] : [{ why: `${HAS_PROJECTS}. Add this line to each of them`, lines: [PRESET] }];
  return { advice, commands: [], seeRoot };
}

function inFile(project: string, nameOf: (file: string) => string): Project {
  const file = configFileOf(project);
  const name = nameOf(file);
  if (!existsSync(file)) return { name, path: project, outcome: { kind: 'added', text: '' } };
  const { text, object, isJson } = readConfig(file);
  return { name, path: project, outcome: addPreset(text, object, isJson) };
}

function adviceFor(projects: readonly Project[]): Advice[] {
  const plain = projects.flatMap(({ name, outcome }) => (outcome.kind === 'added' ? [name] : []));
  const others = projects.flatMap(({ name, outcome }) =>
    outcome.kind === 'by-hand'
      ? [{ why: `${HAS_PROJECTS}. In ${name}, ${outcome.why}`, lines: outcome.lines }]
      : [],
  );
  if (plain.length === 0) return others;
  return [{ why: `${HAS_PROJECTS}. Add this line to ${plain.join(' and to ')}`, lines: [PRESET] }, ...others];
}

function commandsFor(projects: readonly Project[], nameOf: (file: string) => string): string[] {
  return projects.flatMap(each =>
    each.path === undefined || each.outcome.kind === 'by-hand' || isSetUp(each.path, each.outcome)
      ? []
      : [`npx jest-loop --init --config ${nameOf(each.path)}`],
  );
}

function isSetUp(project: string, { kind }: Outcome): boolean {
  const folder = isFolder(project) ? project : path.dirname(project);
  return kind === 'there' && readdirSync(folder).some(name => /^jest\.fixtures\.[cm]?[jt]s$/.test(name));
}

const has = ({ members }: ConfigObject, wanted: string): boolean =>
  members.some(({ name }) => name === wanted);

/** The text of a file without the preset beside `projects`. */
function withoutPreset(text: string, { members }: ConfigObject): string {
  const preset = members.find(({ name }) => name === 'preset');
  return preset === undefined ? text : text.slice(0, preset.start) + text.slice(preset.end);
}

/** The folders and files of a path, perhaps with a `*` in its names; nothing for other patterns. */
function expanded(project: string, rootDir: string): string[] {
  if (/[[\]{}!?()]|\*\*/.test(project)) return [];
  const [first = '', ...others] = project.replace('<rootDir>', rootDir).split(/[\\/]/);
  const start = first === '' || first.endsWith(':') ? path.resolve(`${first}/`) : rootDir;
  return (start === rootDir ? [first, ...others] : others)
    .reduce((found, part) => found.flatMap(folder => matching(folder, part)), [start])
    .filter(mayBeProject);
}

function matching(folder: string, part: string): string[] {
  if (!part.includes('*')) return [path.join(folder, part)];
  const pattern = new RegExp(`^(?!\\.)${part.replace(/[.+^$|\\]/g, '\\$&').replaceAll('*', '.*')}$`);
  const names = isFolder(folder) ? readdirSync(folder) : [];
  return names
    .filter(name => pattern.test(name))
    .sort()
    .map(name => path.join(folder, name));
}

const isFolder = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;

/** Jest ignores other files that a pattern matches. */
const mayBeProject = (file: string): boolean =>
  isFolder(file) || (existsSync(file) && /\.(?:[cm]?[jt]s|json)$/.test(file));
