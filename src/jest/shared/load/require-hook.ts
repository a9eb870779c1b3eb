import type { Config } from '@jest/types';
import { addHook } from 'pirates';
import { withOriginals } from '../../../node/capture/originals';
import { readFileSync } from '../../../node/fs';
import * as path from '../../../node/path';
import { pathToFileURL } from '../../../node/url';
import { getOrMake } from '../../../util/get-or-make';
import { importModule } from '../../process/compiled/import-module';
import { resolveJest } from '../../process/jest-packages';
import { FOR_REQUIRE, jestPackage } from './loaded-packages';
import { needsImport } from './needs-import';
import { Project } from './project-modules';

import nodeModule = require('node:module');

type Resolve = (request: string, parent: NodeModule | undefined, ...rest: unknown[]) => string;
const internals = nodeModule as unknown as { _resolveFilename: Resolve };

/**
 * Lets `require` find and compile the modules of projects as their tests do, also in the bodies of fixtures. It only
 * concerns what such modules require: Jest's own modules live in the same process.
 */
export class RequireHook {
  /** The files that are loaded or about to be, with their projects. */
  readonly #projectOf = new Map<string, Project>();
  /** The modules of other projects, kept out of `require.cache`. */
  readonly #away = new Map<Project, Map<string, NodeModule>>();
  readonly #projects = new Map<string, Promise<Project>>();
  /** Those made ahead, for one run. */
  readonly #prepared = new WeakMap<Config.ProjectConfig, Promise<Project>>();
  readonly #reverts: (() => void)[] = [];
  readonly #extensions = new Set<string>();
  /** A transformer is at work: what it loads does not belong to the project. */
  #transforming = false;

  /** Compiles files of a project ahead, into Jest's cache. What goes wrong is reported when a file is loaded. */
  prepare(config: Config.ProjectConfig, files: readonly string[]): void {
    const made = makeProject(config);
    this.#prepared.set(config, made);
    const compile = (project: Project): void => {
      for (const file of files)
        if (project.transformer.shouldTransform(file) && !needsImport(file, project))
          this.#compile(project, readFileSync(file, 'utf8'), file);
    };
    made.then(compile).catch(() => {});
  }

  /** Loads a file, which may be an ES module. */
  async load(file: string, config: Config.ProjectConfig): Promise<unknown> {
    const project = await this.#project(config);
    this.#hook(config.moduleFileExtensions);
    this.#projectOf.set(file, project);
    if (needsImport(file, project)) return importModule(pathToFileURL(file).href);
    return withOriginals(() => jestPackage('jest-util', config.rootDir).requireOrImportModule(file, false));
  }

  /** From now on `require` finds the modules of one project: those of others went through other transforms. */
  enter(id: string): void {
    for (const [file, project] of this.#projectOf) {
      const module = require.cache[file];
      if (project.config.id === id || module === undefined || isPackage(file)) continue;
      getOrMake(this.#away, project, () => new Map<string, NodeModule>()).set(file, module);
      delete require.cache[file];
    }
    for (const [project, modules] of this.#away) {
      if (project.config.id !== id) continue;
      for (const [file, module] of modules) {
        require.cache[file] = module;
        this.#projectOf.set(file, project);
      }
      this.#away.delete(project);
    }
  }

  /** Restores Node. Returns the files that were forgotten; those of packages stay. */
  forget(): Set<string> {
    for (const revert of this.#reverts.splice(0)) revert();
    const files = new Set([...this.#projectOf.keys()].filter(file => !isPackage(file)));
    for (const file of files) delete require.cache[file];
    this.#extensions.clear();
    this.#projectOf.clear();
    this.#away.clear();
    this.#projects.clear();
    return files;
  }

  #project(config: Config.ProjectConfig): Promise<Project> {
    return getOrMake(this.#projects, config.id, () => {
      const prepared = this.#prepared.get(config);
      this.#prepared.delete(config);
      return prepared ?? makeProject(config);
    });
  }

  #hook(moduleFileExtensions: readonly string[]): void {
    if (this.#reverts.length === 0) this.#reverts.push(this.#hookResolve());
    const exts = moduleFileExtensions
      .filter(name => name !== 'mjs')
      .map(name => `.${name}`)
      .filter(name => !this.#extensions.has(name));
    if (exts.length === 0) return;
    for (const name of exts) this.#extensions.add(name);
    this.#reverts.push(
      addHook((code, file) => this.#transform(code, file), {
        exts,
        ignoreNodeModules: false,
        matcher: file =>
          !this.#transforming && this.#projectOf.get(file)?.transformer.shouldTransform(file) === true,
      }),
    );
  }

  #transform(code: string, file: string): string {
    return this.#compile(this.#projectOf.get(file)!, code, file);
  }

  #compile({ transformer }: Project, code: string, file: string): string {
    this.#transforming = true;
    try {
      return transformer.transformSource(file, code, FOR_REQUIRE).code || code;
    } finally {
      this.#transforming = false;
    }
  }

  #hookResolve(): () => void {
    const original = internals._resolveFilename;
    const hooked: Resolve = (request, parent, ...rest) => {
      const from = parent?.filename;
      const project = from == null || this.#transforming ? undefined : this.#projectOf.get(from);
      const plain = (): string => Reflect.apply(original, nodeModule, [request, parent, ...rest]);
      if (project === undefined || nodeModule.isBuiltin(request)) return plain();
      const found = project.mapped(from!, request) ?? this.#find(project, from!, request, plain);
      // A loaded module belongs to another project or to Jest, or its project is known.
      if (path.isAbsolute(found) && require.cache[found] === undefined) this.#projectOf.set(found, project);
      return found;
    };
    internals._resolveFilename = hooked;
    return () => {
      // If something else hooked in since, ours stays. It does nothing without projects.
      if (internals._resolveFilename === hooked) internals._resolveFilename = original;
    };
  }

  #find(project: Project, from: string, request: string, plain: () => string): string {
    try {
      return plain();
    } catch (error) {
      const found = project.resolve(from, request) ?? jestGlobals(request, project.config.rootDir);
      if (found === undefined) throw error;
      return found;
    }
  }
}

function isPackage(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file);
}

/** Jest serves this one to test files wherever it is installed. */
function jestGlobals(request: string, rootDir: string): string | undefined {
  return request === '@jest/globals' ? resolveJest(request, rootDir) : undefined;
}

async function makeProject(config: Config.ProjectConfig): Promise<Project> {
  const { createScriptTransformer } = jestPackage('@jest/transform', config.rootDir);
  return new Project(config, await withOriginals(() => createScriptTransformer(config)));
}
