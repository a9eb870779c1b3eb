import { errorOf, type Problem, textOf } from '../errors/problem';
import { needsRunner, notConfigured, notUsed } from '../errors/project/command-line';
import { addPlaces } from '../jest/observe/add-places';
import { findJest, projectFolders } from '../jest/process/find-jest';
import { mayHaveRunner, usesPackage } from '../jest/process/uses-package';
import { type Configs, watchConfigs } from '../jest/process/watch-configs';
import * as path from '../node/path';
import { FLAGS } from './flags';
import { helpText } from './help';
import { configFileOf } from './init/find-config';
import { init } from './init/init';
import { refuseMisspelt } from './misspelt';
import { type CommandLine, parseArguments } from './parse-arguments';

/** Of Jest's main module. */
interface Jest {
  run(args: readonly string[]): Promise<void>;
}

/**
 * The command `jest-loop`. Jest runs in this process, so that its output, exit code and signals are its own; what our
 * flags set goes to all processes of the run through environment variables.
 */
export function main(args: readonly string[], cwd: string): void {
  try {
    const line = parseArguments(args, cwd);
    if (line.help) process.stdout.write(helpText());
    else if (line.init) init(line.jest, line.flags, cwd);
    else runJest(line, cwd);
  } catch (error) {
    // A mistake needs no stack.
    if (!(error as NodeJS.ErrnoException).code?.startsWith('ERR_')) throw error;
    process.stderr.write(`${textOf(error as Error & Problem)}\n`);
    process.exitCode = 1;
  }
}

function runJest({ jest: args, env, flags }: CommandLine, cwd: string): void {
  const { file, bin } = findJest(projectFolders(args, cwd));
  refuseMisspelt(args, file);
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  // As Jest's own command does, and as configurations see it.
  process.env.NODE_ENV ??= 'test';
  process.argv = [process.argv[0]!, bin, ...args];
  watchConfigs(file, configs => checkUse(configs, flags, cwd));
  if (flags.includes('--fixtures')) addPlaces(file);
  // It reports its errors itself.
  void (require(file) as Jest).run(args);
}

/** Flags in vain are a mistake; without any, the run goes on with a warning. Each part of several projects may do without. */
function checkUse(read: Configs, flags: readonly string[], cwd: string): Configs {
  const { configs, globalConfig } = read;
  const fail = (problem: Problem): never => {
    const error = errorOf(problem);
    // Jest shows the stack.
    error.stack = textOf(problem);
    throw error;
  };
  if (!configs.every(config => usesPackage(config) === false)) {
    const readers = flags.filter(flag => FLAGS.some(each => each.readsEvents && `--${each.name}` === flag));
    if (readers.length > 0 && !configs.some(mayHaveRunner)) fail(needsRunner(readers, globalConfig.rootDir));
    return read;
  }
  const projects = projectFiles(read, cwd);
  if (flags.length > 0) fail(notConfigured(flags, globalConfig.rootDir, projects));
  process.stderr.write(`${textOf(notUsed(globalConfig.rootDir, projects))}\n`);
  return read;
}

/** The files with the configurations of several projects, of which one may be written out; none for a single project. */
function projectFiles({ configs, globalConfig }: Configs, cwd: string): string[] {
  const listed: readonly unknown[] = globalConfig.projects;
  if (listed.length === 0 && configs.length === 1) return [];
  const root = configFileOf(globalConfig.rootDir);
  const files =
    listed.length === 0
      ? configs.map(({ rootDir }) => configFileOf(rootDir))
      : listed.map(project =>
          typeof project === 'string' ? configFileOf(path.resolve(cwd, project)) : root,
        );
  return [...new Set(files)]
    .sort()
    .map(file => (file === root ? `each project in ${path.relative(cwd, file)}` : path.relative(cwd, file)));
}
