import { existsSync, readFileSync, statSync } from '../../node/fs';
import * as json from '../../node/json';
import * as path from '../../node/path';
import { type ConfigObject, exportedObject, objectInJson } from './config-object';

/** The part of `package.json` that matters here. */
export interface Manifest {
  readonly type?: string;
  readonly jest?: unknown;
  readonly dependencies?: object;
  readonly devDependencies?: object;
}

/** A file with Jest's configuration. */
export interface ConfigFile {
  readonly file: string;
  readonly text: string;
  readonly object: ConfigObject | undefined;
  readonly isJson: boolean;
}

const NAMES = ['js', 'ts', 'mjs', 'cjs', 'mts', 'cts', 'json'].map(extension => `jest.config.${extension}`);

/**
 * The folder whose configuration Jest would read, seen from `folder`: the nearest one with a `package.json` or a
 * configuration file; if there is none, `folder`.
 */
export function projectFolder(folder: string): string {
  for (let at = folder; ; at = path.dirname(at)) {
    if (['package.json', ...NAMES].some(name => existsSync(path.join(at, name)))) return at;
    if (path.dirname(at) === at) return folder;
  }
}

/** All files there with a configuration of Jest; Jest takes one only. */
export function configFiles(folder: string): string[] {
  const found = NAMES.map(name => path.join(folder, name)).filter(file => existsSync(file));
  return manifestOf(folder)?.jest === undefined ? found : [path.join(folder, 'package.json'), ...found];
}

/** The file with the configuration of one of several projects, a folder or a file; it may be yet to be written. */
export function configFileOf(project: string): string {
  if (statSync(project, { throwIfNoEntry: false })?.isFile()) return project;
  return configFiles(project)[0] ?? path.join(project, 'jest.config.js');
}

/** Reads a configuration file. That of a `package.json` is its key `jest`. */
export function readConfig(file: string): ConfigFile {
  const text = readFileSync(file, 'utf8');
  const isJson = file.endsWith('.json');
  const whole = isJson ? objectInJson(text) : exportedObject(text);
  const isManifest = path.basename(file) === 'package.json';
  const object = isManifest ? whole?.members.find(({ name }) => name === 'jest')?.object : whole;
  return { file, text, object, isJson };
}

/** The `package.json` of a folder; undefined without one that can be read. */
export function manifestOf(folder: string): Manifest | undefined {
  try {
    return Object(json.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))) as Manifest;
  } catch {
    return undefined;
  }
}
