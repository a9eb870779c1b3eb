import type { Config } from '@jest/types';
import { type Problem, textOf } from '../../errors/problem';
import { notWritten } from '../../errors/project/readers';
import { mkdtempSync, readFileSync, rmSync, writeSync } from '../../node/fs';
import * as json from '../../node/json';
import { tmpdir } from '../../node/os';
import { join, sep } from '../../node/path';
import { DurationsTable } from '../../observe/readers/durations-table';
import { FixtureList } from '../../observe/readers/fixture-list';
import { SetupShow } from '../../observe/readers/setup-show';
import { StreamFolder } from '../../observe/readers/stream-folder';
import { writeTimelinePage } from '../../observe/readers/timeline-page';
import { Trace } from '../../observe/readers/trace';
import type { Print, Reader } from '../../observe/rows/reader';
import type { StreamWriter } from '../../observe/stream/stream-writer';
import { processState } from '../../process/process-state';
import { PACKAGE_FOLDER } from '../../util/package-folder';
import type { EndReason } from '../process/main-run';
import { announceStream, type RunStream } from '../process/run-stream';
import { failProcess } from '../report/fail-run';
import { joinStream, leaveStream } from './join-stream';
import type { Switches } from './switches';

/** How often in ms the streams are read while the run goes on. */
const PACE = 100;

/** How many test files run, and how many of them only stand for their directory. */
export interface FileCounts {
  readonly files: number;
  readonly places?: number;
}

type Global = Pick<Config.GlobalConfig, 'verbose' | 'json' | 'rootDir' | 'useStderr'>;

/** Reads the streams of one run of Jest in its main process, and passes them to the readers that are wanted. */
export class Recording {
  readonly #stream: RunStream;
  readonly #streams: StreamFolder;
  /** The readers of the events during the run; none where a page alone is wanted. */
  readonly #readers: Reader[] = [];
  readonly #outputs: { end(): void; readonly path?: string }[] = [];
  readonly #unannounce: () => void;
  readonly #writer: StreamWriter;
  #timer: NodeJS.Timeout | undefined;
  readonly #atExit = (): void => this.#exit();
  readonly #out: 1 | 2;
  #print: Print;
  #ended = true;

  constructor(
    readonly switches: Switches,
    globalConfig: Global,
    counts: FileCounts,
  ) {
    const folder = mkdtempSync(join(tmpdir(), 'jest-loop-stream-'));
    const { fixtures, setupPlan } = switches;
    const mode = fixtures !== undefined ? 'list' : setupPlan ? 'plan' : 'record';
    this.#stream = { pid: process.pid, folder, mode, ...(fixtures !== undefined && { names: fixtures }) };
    this.#streams = new StreamFolder(folder);
    // `--json` prints its results to stdout.
    this.#out = globalConfig.json || globalConfig.useStderr ? 2 : 1;
    const out = this.#out === 2 ? process.stderr : process.stdout;
    this.#print = text => void out.write(text);
    this.#addReaders(globalConfig, folder, counts);
    this.#unannounce = announceStream(this.#stream);
    this.#writer = joinStream(this.#stream);
    if (this.#readers.length > 0) {
      this.#timer = processState.outer(() => processState.real.setInterval(() => this.catchUp(), PACE));
      this.#timer.unref();
    }
    process.on('exit', this.#atExit);
  }

  /** Whether it prints something for each test file. */
  get showsFiles(): boolean {
    const { fixtures, setupShow, setupPlan } = this.switches;
    return fixtures !== undefined || setupShow || setupPlan;
  }

  /** A part of the run begins, in the project with this root. */
  begin(inBand: boolean, files: number, rootDir: string): void {
    this.#ended = false;
    this.#writer.emit({ type: 'run-begin', inBand, files, root: shownRoot(rootDir) });
  }

  /** Reads what has been written. */
  catchUp(): void {
    this.#writer.flush();
    if (this.#readers.length === 0) return;
    this.#streams.read((event, lane) => {
      for (const reader of this.#readers) reader.take(event, lane);
    });
  }

  /** It has ended. What is written then is complete, unless another part follows. */
  end(reason: EndReason): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#writer.emit({ type: 'run-end', reason });
    this.#writer.flush();
    this.catchUp();
    for (const output of this.#outputs) {
      const { path } = output;
      try {
        output.end();
        if (path !== undefined) this.#print(`\nTimeline: ${path}\n`);
      } catch (error) {
        if (path === undefined) throw error;
        process.stderr.write(`\n${notWritten(path, String((error as Error).message))}\n`);
        process.exitCode ||= 1;
      }
    }
  }

  /** The run is over: nothing is left behind. */
  close(): void {
    process.removeListener('exit', this.#atExit);
    if (this.#timer !== undefined) processState.real.clearInterval(this.#timer);
    this.#unannounce();
    leaveStream(this.#stream.folder);
    this.#streams.close();
    rmSync(this.#stream.folder, { recursive: true, force: true });
  }

  #addReaders({ verbose, rootDir }: Global, folder: string, { files, places = 0 }: FileCounts): void {
    const { fixtures, setupShow, setupPlan, durations, timelines } = this.switches;
    const print: Print = text => this.#print(text);
    const add = (reader: Reader, path?: string): void => {
      this.#readers.push(reader);
      this.#outputs.push({ end: () => reader.end(), ...(path !== undefined && { path }) });
    };
    if (fixtures !== undefined) {
      const list = new FixtureList(
        print,
        fixtures,
        isVerbose(verbose, files),
        shownRoot(rootDir),
        places === files,
      );
      add(list);
      this.#outputs.push({ end: () => tellUnknown(list.unknown) });
      return;
    }
    if (setupShow || setupPlan) add(new SetupShow(print, setupPlan));
    if (setupPlan) return;
    const { version } = json.parse(readFileSync(join(PACKAGE_FOLDER, '../package.json'), 'utf8')) as {
      readonly version: string;
    };
    for (const [at, path] of timelines.entries()) {
      if (/\.json$/i.test(path)) add(new Trace(path, join(folder, `draft-${at}`), version), path);
      else this.#outputs.push({ end: () => writeTimelinePage(path, folder, version), path });
    }
    if (durations !== undefined) add(new DurationsTable(durations, print));
  }

  /** The process ends at once: what is known so far is written. */
  #exit(): void {
    this.#print = text => void writeSync(this.#out, text);
    this.end('interrupt');
    this.close();
  }
}

/** What paths are shown relative to: as in Jest, the directory in which it was started, if the project lies in it. */
function shownRoot(rootDir: string): string {
  const cwd = process.cwd();
  return rootDir.startsWith(cwd + sep) ? cwd : rootDir;
}

/**
 * Whether `--verbose` is given: with a single test file Jest switches it on itself.
 * https://github.com/jestjs/jest/blob/v30.0.5/packages/jest-core/src/runJest.ts#L254-L261
 */
function isVerbose(verbose: boolean | undefined, files: number): boolean {
  return verbose === true && (files !== 1 || process.argv.some(arg => /^--verbose(=true)?$/.test(arg)));
}

/** Names after `--fixtures` that nothing declares: the run has failed. */
function tellUnknown(problems: readonly Problem[]): void {
  for (const problem of problems) process.stderr.write(`\n${textOf(problem)}\n`);
  if (problems.length > 0) failProcess(1);
}
