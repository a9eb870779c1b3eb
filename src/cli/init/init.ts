import { errorOf } from '../../errors/problem';
import { initAlone, initNeedsFile } from '../../errors/project/command-line';
import { swcTransform } from '../../errors/project/compiler';
import { optionOf } from '../../jest/process/find-jest';
import { existsSync, statSync, writeFileSync } from '../../node/fs';
import * as path from '../../node/path';
import { addPreset } from './add-preset';
import { compilerAdvice, needsSwc } from './compiler';
import { type ConfigFile, configFiles, manifestOf, projectFolder, readConfig } from './find-config';
import { fixtureFile } from './fixture-file';
import { projectsOf } from './projects';

/** `jest-loop --init`: adds what is missing, changes nothing that is there, and prints what it did. */
export function init(args: readonly string[], flags: readonly string[], cwd: string): void {
  const others = othersIn(args);
  if (others.length > 0 || flags.length > 0) throw errorOf(initAlone([...flags, ...others]));
  const given = optionOf(args, ['--config', '-c']);
  const start = path.resolve(cwd, optionOf(args, ['--rootDir', '--root-dir']) ?? '.');
  const { folder, found } = given === undefined ? projectAt(projectFolder(start)) : givenConfig(given, cwd);
  const report = new InitReport(cwd);
  const config = configure(folder, found, report);
  const rootDir = path.resolve(folder, literalRootDir(config) ?? '.');
  const isTypeScript = usesTypeScript(folder, config);
  if (report.hasTests) writeFixtures(rootDir, isTypeScript, report);
  if (isTypeScript) for (const [why, lines] of compilerAdvice(folder, config)) report.byHand(why, lines);
  process.stdout.write(report.text(isTypeScript, !isTypeScript && manifestOf(folder)?.type === 'module'));
}

interface Project {
  readonly folder: string;
  /** The files with its configuration. */
  readonly found: readonly string[];
}

function projectAt(folder: string): Project {
  return { folder, found: configFiles(folder) };
}

/** What `--config` names: for Jest it may be a file, a folder or JSON. */
function givenConfig(given: string, cwd: string): Project {
  const file = path.resolve(cwd, given);
  const found = given.startsWith('{') ? undefined : statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw errorOf(initNeedsFile(given));
  return found.isDirectory() ? projectAt(file) : { folder: path.dirname(file), found: [file] };
}

/** What it did, and what is left to do. */
class InitReport {
  readonly #done: string[] = [];
  readonly #byHand: string[] = [];
  /** Whether tests see the fixtures of the project; in several projects they may have their own. */
  hasTests = true;

  constructor(readonly cwd: string) {}

  done(what: string, file: string): void {
    this.#done.push(`${what.padEnd(8)}${this.nameOf(file)}`);
  }

  byHand(why: string, lines: readonly string[]): void {
    this.#byHand.push(`${why}:`, ...lines.map(line => `    ${line}`));
  }

  nameOf(file: string): string {
    return path.relative(this.cwd, file) || '.';
  }

  text(isTypeScript: boolean, isModule: boolean): string {
    const byHand =
      this.#byHand.length === 0 ? [] : ['', 'To do by hand:', ...this.#byHand.map(line => `  ${line}`)];
    if (!this.hasTests) return [...this.#done, ...byHand, ''].join('\n');
    return [
      ...this.#done,
      ...byHand,
      '',
      `Then write a test, for example greets.test.${isTypeScript ? 'ts' : 'js'}, and run npx jest:`,
      ...(isTypeScript ? ["    import { expect, test } from 'jest-loop';"] : []),
      "    test('greets', ({ greeting }) => { expect(greeting).toBe('hello'); });",
      ...(isModule
        ? [
            '',
            'The package is of type "module". To write `import` in a test or in jest.fixtures.js, run',
            '    NODE_OPTIONS=--experimental-vm-modules npx jest',
          ]
        : []),
      '',
    ].join('\n');
  }
}

/** Arguments other than `--config` and `--rootDir`. */
function othersIn(args: readonly string[]): string[] {
  const taken = /^(--config|-c|--rootDir|--root-dir)(=|$)/;
  return args.filter(
    (arg, at) => !taken.test(arg) && !/^(--config|-c|--rootDir|--root-dir)$/.test(args[at - 1] ?? ''),
  );
}

/** Adds the preset to the configuration, or writes one. */
function configure(folder: string, found: readonly string[], report: InitReport): ConfigFile | undefined {
  const [file, ...more] = found;
  if (file === undefined) {
    const made = path.join(folder, 'jest.config.js');
    writeFileSync(made, newConfig(folder));
    report.done('wrote', made);
    return readConfig(made);
  }
  if (more.length > 0) {
    const names = found.map(each => report.nameOf(each)).join(', ');
    report.byHand(
      `Jest takes one configuration, and here are ${found.length}: ${names}. Keep one, with this line`,
      ["preset: 'jest-loop',"],
    );
    return undefined;
  }
  const config = readConfig(file);
  if (configureProjects(config, folder, report)) return config;
  const outcome = addPreset(config.text, config.object, config.isJson);
  if (outcome.kind === 'added') {
    writeFileSync(file, outcome.text);
    report.done('changed', file);
  } else if (outcome.kind === 'there') report.done('kept', file);
  else report.byHand(`${report.nameOf(file)} stays as it is: ${outcome.why}`, outcome.lines);
  return config;
}

/** A first configuration. */
function newConfig(folder: string): string {
  const start = manifestOf(folder)?.type === 'module' ? 'export default' : 'module.exports =';
  const object =
    usesTypeScript(folder, undefined) && needsSwc(folder)
      ? `{\n  preset: 'jest-loop',\n  ${swcTransform(false)}\n}`
      : "{ preset: 'jest-loop' }";
  return `/** @type {import('jest').Config} */\n${start} ${object};\n`;
}

/** Says what the projects of a configuration need; false if it has none. */
function configureProjects(config: ConfigFile, folder: string, report: InitReport): boolean {
  const rootDir = path.resolve(folder, literalRootDir(config) ?? '.');
  const projects = projectsOf(config, rootDir, each => report.nameOf(each));
  if (projects === undefined) return false;
  const { advice, commands, seeRoot } = projects;
  const name = report.nameOf(config.file);
  for (const { why, lines } of advice) report.byHand(`${name} stays as it is: ${why}`, lines);
  if (advice.length === 0) report.done('kept', config.file);
  if (commands.length > 0)
    report.byHand('For the preset and a first jest.fixtures file of a project, run', commands);
  report.hasTests = seeRoot;
  return true;
}

const EXTENSIONS = ['ts', 'js', 'mts', 'mjs', 'cts', 'cjs'];

function writeFixtures(rootDir: string, isTypeScript: boolean, report: InitReport): void {
  const there = EXTENSIONS.map(each => path.join(rootDir, `jest.fixtures.${each}`)).find(file =>
    existsSync(file),
  );
  if (there !== undefined) {
    report.done('kept', there);
    return;
  }
  const file = path.join(rootDir, `jest.fixtures.${isTypeScript ? 'ts' : 'js'}`);
  writeFileSync(file, fixtureFile(isTypeScript));
  report.done('wrote', file);
}

function literalRootDir(config: ConfigFile | undefined): string | undefined {
  return config?.object?.members.find(({ name }) => name === 'rootDir')?.text;
}

function usesTypeScript(folder: string, config: ConfigFile | undefined): boolean {
  const { dependencies, devDependencies } = manifestOf(folder) ?? {};
  return (
    /\.[cm]?ts$/.test(config?.file ?? '') ||
    existsSync(path.join(folder, 'tsconfig.json')) ||
    'typescript' in { ...dependencies, ...devDependencies }
  );
}
