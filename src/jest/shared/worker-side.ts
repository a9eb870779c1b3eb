import type { Config } from '@jest/types';
import { crossed } from '../../channel/clone/cross';
import { packError } from '../../channel/clone/error';
import { Facts, factsOver, type SharedFacts } from '../../channel/facts';
import { noSession } from '../../errors/fixtures/shared';
import { endDependants } from '../../fixtures/life/instance/end-dependants';
import type { Origin, SharedInstance } from '../../fixtures/life/interfaces/views';
import { briefly, declarationOf, type SharedQuery, sendable } from '../../fixtures/shared/query';
import * as path from '../../node/path';
import * as promises from '../../node/promise';
import { processState } from '../../process/process-state';
import { errorFactory } from '../file/realm';
import { jestState } from '../process/jest-state';
import { mainRun, type RunError } from '../process/main-run';
import { currentRunAddress } from '../process/run-address';
import { failFile, jestParent } from '../process/to-jest';
import { onProcessEnd, reportLast } from './end-of-process';
import { mainSide } from './find-main-side';
import { MainConnection } from './main-connection';
import { type CancelledSetUp, REQUESTS } from './requests';
import type { RunningTestFile } from './running-test-file';
import { type CrossedDeath, type CrossedValue, SessionCopies } from './session-copies';
import { outputOfSession } from './session-output';
import { SharedHost } from './shared-host';

const makeError = errorFactory({ Error });

/** A fixture of scope `session`, with a copy of its value. */
type CopiedInstance = Omit<SharedInstance, 'value'> & { readonly value: Promise<unknown> };

/** One requester that waits for such a value. */
interface SessionWait {
  /** The main process sets it up for this requester, unless it is up. */
  begun: boolean;
  cancelled: { readonly reason: unknown } | undefined;
}

/** The shared fixtures of a process that runs test files. There is one per process, however often this is loaded. */
export class WorkerSide {
  /** Made on first use. */
  host: SharedHost | undefined;
  #testFile: RunningTestFile | undefined;
  readonly #facts = new Facts();
  readonly #copies = new SessionCopies();
  readonly #configs = new Map<string, Config.ProjectConfig>();
  /** The project of the file that entered last. */
  #config: Config.ProjectConfig | undefined;
  readonly #main = new MainConnection({
    end: () => this.end(),
    died: death => this.sessionDied(death),
    failed: () => {
      this.#joined = undefined;
    },
    lost: () => this.#endWithoutMain(),
  });
  #joined: Promise<void> | undefined;
  #endsWithFile = false;
  /** Stops listening to the end of this process; set if nothing else ends its fixtures. */
  #unlisten: (() => void) | undefined;
  #ending: Promise<RunError[]> | undefined;

  /** A test file starts: fixtures of directories that do not contain it go down first. */
  async begin(file: string): Promise<void> {
    const { host } = this;
    if (host !== undefined) this.#report(await host.moveTo(path.dirname(file)));
  }

  /** The test file requests its first shared fixture or Loop. */
  enter(testFile: RunningTestFile, config: Config.ProjectConfig): void {
    this.#configs.set(config.id, config);
    this.#config = config;
    this.#testFile = testFile;
    this.host?.enter(testFile, config.id);
  }

  /** The test file has ended, and perhaps the worker as well. */
  async leave(mayBeReplaced: boolean): Promise<void> {
    this.#testFile = undefined;
    const { host } = this;
    if (host === undefined) return;
    host.testFile = undefined;
    if (this.#endsWithFile) await this.#endWithoutMain();
    else if (mayBeReplaced) this.#report(await this.end());
  }

  /** Requests a fixture of scope `directory` or `worker`, which lives here. */
  request(query: SharedQuery): SharedInstance {
    let shared: SharedInstance | undefined;
    const start = async (): ReturnType<() => SharedInstance['value']> => {
      // The run has to know of it before it comes up, or would not end it.
      await this.#join();
      shared = this.#open().engine.request(query);
      return shared.value;
    };
    return { value: processState.outer(start), origin: () => shared?.origin() };
  }

  /** The Loop of scope `directory` or `worker`. */
  loopOf(...args: Parameters<SharedHost['loopOf']>): ReturnType<SharedHost['loopOf']> {
    processState.outer(() => this.#join()).catch(() => {});
    return this.#open().loopOf(...args);
  }

  /** A copy of the value of a fixture of scope `session`; undefined if there is no main side. */
  copy(query: SharedQuery): CopiedInstance | undefined {
    const wait: SessionWait = { begun: false, cancelled: undefined };
    const crossing = processState.outer(() => this.#crossed(query, wait));
    if (crossing === undefined) return undefined;
    let origin: Origin | undefined;
    return {
      value: crossing.then(({ id, bytes }) => {
        origin = this.#copies.of(id);
        return crossed(bytes);
      }),
      origin: () => origin,
      output: () => outputOfSession(query, this.#main.client),
      cancelSetUp: reason => this.#cancelSetUp(query, wait, reason),
    };
  }

  #crossed(query: SharedQuery, wait: SessionWait): Promise<CrossedValue> | undefined {
    const main = mainSide();
    if (main !== undefined) return main.value(query);
    const address = currentRunAddress();
    if (address?.address === undefined) return undefined;
    return this.#main.connect(address).then(async client => {
      const known = (await client.request(REQUESTS.valueIfUp, briefly(query))) as CrossedValue | undefined;
      if (known !== undefined) return known;
      // Nothing comes up for a requester that has stopped waiting.
      if (wait.cancelled !== undefined) throw wait.cancelled.reason;
      wait.begun = true;
      return client.request(REQUESTS.value, sendable(query)) as Promise<CrossedValue>;
    });
  }

  /** A `session` fixture has died: ends what uses it here. Returns the label of the requester that saw it. */
  sessionDied(death: CrossedDeath): string | undefined {
    const { copies, error } = this.#copies.died(death);
    const openScopes = this.host?.engine.openScopes ?? { starting: () => [] };
    const abortUsers: RunningTestFile['abortUsers'] = (...args) => this.#testFile?.abortUsers(...args);
    const seen = copies.map(copy => endDependants(copy, { openScopes, abortUsers }, error).seenIn);
    return seen.find(label => label !== undefined);
  }

  /** Lets the main process stop a set-up, unless other requesters wait for it. */
  #cancelSetUp(query: SharedQuery, wait: SessionWait, reason: unknown): void {
    wait.cancelled = { reason };
    const main = mainSide();
    if (main !== undefined) main.cancelSetUp(query, reason);
    // A set-up under way would be another requester's.
    else if (wait.begun) {
      const given: CancelledSetUp = { query: sendable(query), reason: packError(reason) };
      // If the main process is gone, so is the set-up.
      void this.#main.client?.then(client => client.request(REQUESTS.cancelSetUp, given)).catch(() => {});
    }
  }

  /** The facts on which all processes of the run agree; without a run, those of this process. */
  async facts(): Promise<SharedFacts> {
    const main = mainSide();
    if (main !== undefined) return main.facts;
    const address = currentRunAddress();
    if (address?.address === undefined) return this.#facts;
    return factsOver(await processState.outer(() => this.#main.connect(address)));
  }

  /** Tears everything down, at the end of the run or this process. Returns the errors, to the first caller. */
  async end(): Promise<RunError[]> {
    this.#ending ??= processState
      .outer(() => this.#end())
      .finally(() => {
        this.#ending = undefined;
      });
    return (await this.#ending).splice(0);
  }

  /** The main process cannot end this side any more: it ends when its test file is over. */
  async #endWithoutMain(): Promise<void> {
    this.#endsWithFile = this.#testFile !== undefined;
    if (!this.#endsWithFile) await this.#endAlone();
  }

  async #end(): Promise<RunError[]> {
    const { host } = this;
    const errors = (await host?.end()) ?? [];
    this.#copies.clear();
    // The main process reads it next.
    processState.observer?.flush();
    if (this.host === host) {
      this.host = undefined;
      jestState.farewells.delete(this.#endAlone);
    }
    // Later set-ups register anew.
    this.#joined = undefined;
    this.#unlisten?.();
    this.#unlisten = undefined;
    return errors;
  }

  #open(): SharedHost {
    this.host ??= new SharedHost({
      widest: 'worker',
      configOf: id => this.#configs.get(id)!,
      facts: () => this.facts(),
      request: query => {
        const copy = this.copy(query);
        const value = copy?.value ?? promises.reject(makeError(noSession(declarationOf(query))));
        return {
          origin: () => undefined,
          ...copy,
          value: value.then(value => ({ value, context: [], entered: undefined })),
        };
      },
    });
    if (this.#testFile !== undefined) this.host.enter(this.#testFile, this.#config!.id);
    jestState.farewells.add(this.#endAlone);
    return this.host;
  }

  /** Ends the set-ups under way; their requesters are interrupted too. */
  interrupt(): void {
    this.host?.abort();
  }

  /** The process ends without anything else to end its fixtures or report their errors. */
  readonly #endAlone = async (): Promise<void> => reportLast(await this.end());

  /** Reports errors while files run: at once in a worker, at the end in Jest's main process. */
  #report(errors: readonly RunError[]): void {
    const toJest = jestParent();
    if (toJest === undefined) {
      if (errors.length > 0) this.#open().add(errors);
      return;
    }
    for (const { message, stack, path = '', project = '' } of errors)
      failFile(toJest, {
        path,
        config: this.#configs.get(project) ?? this.#config,
        error: { message, stack },
      });
  }

  /** Registers with the run, once, that it has to end this side. */
  #join(): Promise<void> {
    this.#joined ??= this.#register();
    return this.#joined;
  }

  async #register(): Promise<void> {
    const main = mainSide();
    const run = mainRun();
    const address = currentRunAddress();
    if (main !== undefined && run !== undefined) {
      main.use();
      run.atEnd(() => this.end());
    } else if (main === undefined && address?.address !== undefined) {
      const client = await this.#main.connect(address);
      await client.request(REQUESTS.join, process.pid);
    } else {
      this.#unlisten = onProcessEnd(() => this.end());
    }
  }
}
