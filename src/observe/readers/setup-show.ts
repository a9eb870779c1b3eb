import type {
  FixtureEvent,
  Id,
  ObservedError,
  Outcome,
  SetUpBegin,
  TestBegin,
  TestEnd,
  TimedEvent,
} from '../events/event';
import { Lanes } from '../rows/lanes';
import type { Print, Reader } from '../rows/reader';
import { shownPath } from '../rows/shown-path';
import { endText, usesText } from './setup-texts';
import { type Line, type Source, toldApart } from './told-apart';

/** A fixture that is up. */
interface Named extends Source {
  readonly lane: Id;
  readonly name: string;
  readonly line: Line | undefined;
}

/** A test file under way. */
interface OpenFile {
  readonly lane: Id;
  readonly title: string;
  readonly lines: Line[];
  readonly instances: Map<Id, Named>;
  readonly tests: Map<Id, { readonly begin: TestBegin; line: Line | undefined }>;
}

const INDENTS: Readonly<Record<string, number>> = { describe: 2, test: 4 };
const TEST_INDENT = 8;

/**
 * `--setup-show` and `--setup-plan`: set-ups, tests and teardowns as they happen. What belongs to a file is printed in
 * one piece when the file ends, what outlives files at once.
 */
export class SetupShow implements Reader {
  readonly #lanes = new Lanes();
  readonly #files = new Map<Id, OpenFile>();
  readonly #fixtures = new Map<Id, Pick<FixtureEvent, 'name' | 'scope' | 'requests' | 'at'>>();
  /** What outlives files, by instance. */
  readonly #wide = new Map<Id, Named>();
  /** The names of all that would outlive files: tests of other processes use them as well. */
  readonly #plannedWide = new Map<Id, string>();
  readonly #printed = new Set<string>();
  readonly #ofTest = new Map<Id, OpenFile>();
  /** What is being torn down. */
  readonly #goingDown = new Set<Id>();
  #inBand = true;
  #root = '';

  constructor(
    readonly print: Print,
    /** Nothing runs: only what would. */
    readonly planned: boolean,
  ) {}

  take(event: TimedEvent, lane: Id): void {
    this.#lanes.take(event, lane);
    switch (event.type) {
      case 'run-begin':
        this.#inBand = event.inBand === true;
        this.#root = event.root ?? '';
        break;
      case 'file-begin':
        this.#files.set(event.file, {
          lane,
          title: shownPath(event.path, this.#root, event.root),
          lines: [],
          instances: new Map(),
          tests: new Map(),
        });
        break;
      case 'file-end':
        this.#printFile(event.file);
        break;
      case 'fixture':
        this.#fixtures.set(event.fixture, event);
        break;
      case 'stand-in':
        this.#standIn(event.standIn, event.fixture, lane);
        break;
      case 'set-up-begin':
        this.#setUpBegins(event, lane);
        break;
      case 'set-up-end':
        if (event.outcome !== 'passed') this.#ended(event.instance, event.outcome, event.error, lane);
        break;
      case 'tear-down-begin':
        this.#goingDown.add(event.instance);
        this.#tearDown(event.instance, lane);
        break;
      case 'tear-down-end':
        if (!this.#goingDown.delete(event.instance)) this.#tearDown(event.instance, lane);
        if (event.outcome !== 'passed') this.#ended(event.instance, event.outcome, event.errors?.[0], lane);
        this.#wide.delete(event.instance);
        break;
      case 'test-begin': {
        const file = this.#files.get(event.file);
        file?.tests.set(event.test, { begin: event, line: undefined });
        if (file !== undefined) this.#ofTest.set(event.test, file);
        break;
      }
      case 'body-end':
        this.#bodyEnds(event.test);
        break;
      case 'test-end':
        this.#testEnds(event);
        break;
    }
  }

  end(): void {
    for (const [file, { lane, lines }] of [...this.#files]) {
      lines.push({ indent: 0, text: `${this.#lanes.nameOf(lane)} ended here: its last events are missing` });
      this.#printFile(file);
    }
    if (!this.planned) return;
    // Nothing else tells that they would go down.
    for (const each of [...this.#wide.values()].reverse())
      this.print(`TEARDOWN ${each.scope.padEnd(7)} ${each.shown}${this.#where(each.lane, each.scope)}\n`);
    this.#wide.clear();
  }

  #setUpBegins(event: SetUpBegin, lane: Id): void {
    const fixture = this.#fixtures.get(event.fixture);
    if (fixture === undefined) return;
    const { name, scope, at } = fixture;
    const shown = event.param === undefined ? name : `${name}[${event.param}]`;
    const uses = usesText(fixture.requests);
    const text = `SETUP    ${scope.padEnd(7)} ${shown}${uses}`;
    const file = event.file === undefined ? undefined : this.#files.get(event.file);
    if (file === undefined) {
      this.#wideSetUp(event.instance, { lane, name, shown, scope, line: undefined }, text, lane);
      return;
    }
    const of = { scope, shown, at, block: event.block };
    const line = { indent: INDENTS[scope] ?? 0, text, of };
    file.lines.push(line);
    file.instances.set(event.instance, { lane, name, ...of, line });
  }

  #wideSetUp(instance: Id, named: Named, text: string, lane: Id): void {
    if (this.planned) this.#plannedWide.set(instance, named.name);
    if (this.planned && named.scope === 'session') {
      // Each worker plans it.
      if (this.#printed.has(text)) return;
      this.#printed.add(text);
    }
    this.#wide.set(instance, named);
    this.print(`${text}${this.#where(lane, named.scope)}\n`);
  }

  #tearDown(instance: Id, lane: Id): void {
    const wide = this.#wide.get(instance);
    if (wide !== undefined) {
      this.print(`TEARDOWN ${wide.scope.padEnd(7)} ${wide.shown}${this.#where(lane, wide.scope)}\n`);
      return;
    }
    const found = this.#find(instance);
    if (found === undefined) return;
    const { file, named } = found;
    const line = {
      indent: INDENTS[named.scope] ?? 0,
      text: `TEARDOWN ${named.scope.padEnd(7)} ${named.shown}`,
      of: named,
    };
    file.lines.push(line);
    file.instances.set(instance, { ...named, line });
  }

  /** Not well: adds how, and why. */
  #ended(instance: Id, outcome: Outcome, error: ObservedError | undefined, lane: Id): void {
    const text = endText(outcome, error);
    const wide = this.#wide.get(instance);
    if (wide !== undefined) {
      this.print(`${wide.scope} ${wide.shown} ${text}${this.#where(lane, wide.scope)}\n`);
      return;
    }
    const line = this.#find(instance)?.named.line;
    if (line !== undefined) line.end = text;
  }

  #bodyEnds(test: Id): void {
    const file = this.#ofTest.get(test);
    const running = file?.tests.get(test);
    if (file === undefined || running === undefined || running.line !== undefined) return;
    running.line = { indent: TEST_INDENT, text: '' };
    file.lines.push(running.line);
  }

  #testEnds(event: TestEnd): void {
    const file = this.#files.get(event.file);
    if (file === undefined) return;
    const running = file.tests.get(event.test);
    file.tests.delete(event.test);
    this.#ofTest.delete(event.test);
    const line = running?.line ?? { indent: TEST_INDENT, text: '' };
    if (running?.line === undefined) file.lines.push(line);
    const titles = event.titles ?? running?.begin.titles ?? [];
    const names = (event.uses ?? []).flatMap(
      id => file.instances.get(id)?.name ?? this.#plannedWide.get(id) ?? [],
    );
    const attempt = running?.begin.attempt;
    const outcome = this.planned && running !== undefined ? '' : ` ${event.outcome}`;
    line.text = `${titles.join(' › ')}${usesText(names)}${outcome}${attempt === undefined ? '' : ` (attempt ${attempt})`}`;
  }

  /** A stand-in has a name, but no lines: those are of what it stands for. */
  #standIn(instance: Id, fixture: Id, lane: Id): void {
    const named = this.#fixtures.get(fixture);
    if (named === undefined) return;
    // Of the file that runs in that process, or of a shared fixture.
    for (const file of this.#files.values())
      if (file.lane === lane)
        file.instances.set(instance, { ...named, lane, shown: named.name, line: undefined });
  }

  #find(instance: Id): { readonly file: OpenFile; readonly named: Named } | undefined {
    for (const file of this.#files.values()) {
      const named = file.instances.get(instance);
      if (named !== undefined) return { file, named };
    }
    return undefined;
  }

  #where(lane: Id, scope: string): string {
    if (scope === 'session') return ' (main process)';
    // In band, `JEST_WORKER_ID` is 1, too.
    return ` (${this.#inBand ? 'worker 1' : this.#lanes.nameOf(lane)})`;
  }

  #printFile(id: Id): void {
    const file = this.#files.get(id);
    this.#files.delete(id);
    if (file === undefined || file.lines.length === 0) return;
    for (const test of file.tests.keys()) this.#ofTest.delete(test);
    this.print(`\n${file.title}\n${toldApart(file.lines).join('\n')}\n\n`);
  }
}
