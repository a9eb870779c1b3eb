import type { Id } from '../../events/event';
import { element } from './dom';
import type { Model } from './model';
import type { Part } from './parts';
import { count, duration, KIND_NAMES } from './text';

/** How many lines a long table shows at first, and adds with each request. */
const LINES = 100;

/** What each fixture costs, the most expensive first. */
export function durationsTable({ durations, fixtures }: Model, search: (text: string) => void): Node {
  const titles = [
    'Fixture',
    'Scope',
    'Set up',
    'Total',
    'Set-up',
    'Median',
    'Slowest',
    'Teardown',
    'Median',
    'Slowest',
    'Share',
    'Tests',
    'Asked first',
    'Declared at',
  ];
  const lines = durations.map(
    ({ fixture: id, count: times, total, setUp, tearDown, share, tests, askedFirst }) => {
      const { name = String(id), scope = '', at = 'built in' } = fixtures.get(id) ?? {};
      const link = element('button', { type: 'button', class: 'link', click: () => search(name) }, name);
      return [
        link,
        scope,
        `${times}×`,
        duration(total),
        ...[setUp, tearDown].flatMap(({ total, median, slowest }) =>
          [total, median, slowest].map(ms => (slowest === 0 ? '–' : duration(ms))),
        ),
        `${(share * 100).toFixed(1)} %`,
        String(tests),
        String(askedFirst),
        at,
      ];
    },
  );
  const note = durations.length === 0 ? 'No fixture was set up.' : 'Fixtures, the most expensive first';
  return table(note, titles, lines);
}

/** The parts of the run as a table, for those who do not see the picture; {@link show} fills it. */
export class PartsTable {
  readonly section = element('section', { 'aria-label': 'Parts' });
  #parts: readonly Part[] = [];
  #lines = LINES;

  constructor(
    readonly model: Model,
    readonly select: (part: Part) => void,
  ) {}

  /** Shows these parts, the first of them at once. */
  show(parts: readonly Part[]): void {
    this.#parts = parts;
    this.#lines = LINES;
    this.#render();
  }

  #render(): void {
    const { model, section } = this;
    const visible = this.#parts.slice(0, this.#lines);
    const lines = visible.map(part => [
      element('button', { type: 'button', class: 'link', click: () => this.select(part) }, part.name),
      KIND_NAMES[part.kind],
      part.failed ? 'failed' : part.lost ? 'cut short' : (part.outcome ?? ''),
      duration(part.end - part.begin),
      fileOf(model, part.file),
      model.laneName(part.lane),
    ]);
    const rest = this.#parts.length - visible.length;
    const more = (): void => {
      this.#lines += LINES;
      this.#render();
    };
    section.replaceChildren(
      table(count(this.#parts.length, 'part'), ['Part', 'Kind', 'Outcome', 'Took', 'Test file', 'In'], lines),
      ...(rest > 0
        ? [element('button', { type: 'button', click: more }, `Show ${Math.min(rest, LINES)} more`)]
        : []),
    );
  }
}

function fileOf({ files }: Model, file: Id | undefined): string {
  return file === undefined ? '' : (files.get(file)?.path ?? '');
}

function table(
  caption: string,
  titles: readonly string[],
  lines: readonly (readonly (string | Node)[])[],
): Node {
  return element(
    'div',
    { class: 'scroll', tabindex: '0' },
    element(
      'table',
      {},
      element('caption', {}, caption),
      element('thead', {}, element('tr', {}, ...titles.map(title => element('th', { scope: 'col' }, title)))),
      element(
        'tbody',
        {},
        ...lines.map(line => element('tr', {}, ...line.map(cell => element('td', {}, cell)))),
      ),
    ),
  );
}
