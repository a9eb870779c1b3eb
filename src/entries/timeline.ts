import type { Config } from '@jest/types';
import { errorOf } from '../errors/problem';
import { invalidReporter } from '../errors/project/readers';
import type * as observe from '../jest/observe';
import { loadObserve } from '../jest/process/compiled/load-code';
import { resolve } from '../node/path';

/** The options of the reporter. */
interface TimelineOptions {
  /**
   * Where to write the timeline, relative to `rootDir`: an HTML page, or, for a name that ends in `.json`, Chrome's
   * trace-event format.
   *
   * @default 'jest-loop-timeline.html'
   */
  readonly file?: string;
}

/**
 * A reporter of Jest that writes a timeline of each run: what was set up, by whom it was requested, how long it took.
 * See docs/timeline.md.
 *
 * ```js
 * // jest.config.js
 * module.exports = { preset: 'jest-loop', reporters: ['default', ['jest-loop/timeline', { file: 'timeline.html' }]] };
 * ```
 *
 * @throws `ERR_OPTION_INVALID` for other options
 */
class TimelineReporter {
  readonly #globalConfig: Config.GlobalConfig;

  constructor(globalConfig: Config.GlobalConfig, options: TimelineOptions = {}) {
    this.#globalConfig = globalConfig;
    const { file = 'jest-loop-timeline.html' } = check(options);
    load().wantTimeline(resolve(globalConfig.rootDir, file));
  }

  /** Called by Jest before the first file. */
  onRunStart({ numTotalTestSuites }: { readonly numTotalTestSuites: number }): void {
    const { rootDir } = this.#globalConfig;
    // Our runner says later whether the files run in band.
    load()
      .startForReporter(this.#globalConfig, numTotalTestSuites)
      ?.begin(false, numTotalTestSuites, rootDir);
  }

  /** Called by Jest when all results are in. */
  onRunComplete(): void {
    load().endRecording();
  }
}

function load(): typeof observe {
  return loadObserve() as typeof observe;
}

function check(options: TimelineOptions): TimelineOptions {
  const unknown = Object.keys(options).find(name => name !== 'file');
  if (unknown !== undefined) throw problem(`unknown option "${unknown}"`);
  const { file } = options;
  if (file === undefined || (typeof file === 'string' && file !== '')) return options;
  throw problem('"file" is no path');
}

function problem(text: string): Error {
  return errorOf(invalidReporter(text));
}

export = TimelineReporter;
