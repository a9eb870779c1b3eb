import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

const ROOT = path.resolve(__dirname, '../../..');

/** Programs that use a channel, each in its own process. */
export class Programs {
  readonly #folder = fs.mkdtempSync(path.join(tmpdir(), 'channel-programs-'));
  readonly #children: ChildProcess[] = [];

  constructor() {
    const entry = path.join(this.#folder, 'entry.ts');
    const names = ['address', 'client', 'server', 'facts'];
    const source = names.map(
      name => `export * from ${JSON.stringify(path.join(ROOT, 'src/channel', name))};`,
    );
    fs.writeFileSync(entry, source.join('\n'));
    const flags = ['--bundle', '--platform=node', '--target=node20', '--log-level=error'];
    const esbuild = path.join(ROOT, 'node_modules/.bin/esbuild');
    execFileSync(esbuild, [entry, ...flags, `--outfile=${path.join(this.#folder, 'channel.js')}`]);
  }

  /** Starts one: the body of an async function with the channel's exports, `given` and `say`. */
  start(body: string, given: unknown): Program {
    const source = `
      const channel = require(${JSON.stringify(path.join(this.#folder, 'channel.js'))});
      const given = ${JSON.stringify(given)};
      const say = text => require('node:fs').writeSync(1, text + '\\n');
      (async () => { ${body} })();`;
    const child = spawn(process.execPath, ['-e', source], { stdio: 'pipe' });
    this.#children.push(child);
    return new Program(child);
  }

  /** Kills the programs that still run. */
  async end(): Promise<void> {
    for (const child of this.#children.splice(0))
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'close');
      }
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }
}

export class Program {
  /** Its whole output. */
  output = '';
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; output: string }>;

  constructor(readonly child: ChildProcess) {
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
      });
    this.ended = once(child, 'close').then(([code, signal]) => ({ code, signal, output: this.output }));
  }
}
