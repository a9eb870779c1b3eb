import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ROOT } from './run-jest';

/**
 * A user's project: an empty folder outside of the repository with the packed tarball installed, and Jest from the
 * registry.
 */
export class Stranger {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jest-loop-package-'));

  /** Installs the package and Jest with other packages. */
  constructor(...packages: string[]) {
    this.write({ 'package.json': '{ "name": "stranger", "jest": { "preset": "jest-loop" } }' });
    const tarball = path.join(ROOT, '.tmp/jest-loop.tgz');
    const quietly = ['--no-audit', '--no-fund', '--prefer-offline'];
    this.run('npm', 'install', ...quietly, tarball, 'jest@30', ...packages);
  }

  get installed(): string {
    return path.join(this.folder, 'node_modules/jest-loop');
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(this.folder, name)), { recursive: true });
      fs.writeFileSync(path.join(this.folder, name), text);
    }
  }

  /** Runs a command there; returns its output. */
  run(command: string, ...args: string[]): string {
    return execFileSync(command, args, {
      cwd: this.folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Runs Jest there; returns all that it prints. */
  runJest(args: readonly string[], node: readonly string[] = []): string {
    const bin = path.join(this.folder, 'node_modules/jest/bin/jest.js');
    const { status, stdout, stderr } = spawnSync(process.execPath, [...node, bin, '--ci', ...args], {
      cwd: this.folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    if (status !== 0) throw new Error(stdout + stderr);
    return stdout + stderr;
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
