import type { Id } from '../../events/event';
import type { Row } from '../../events/row';
import { inOrder } from '../../rows/in-order';
import { Rows } from '../../rows/rows';
import { StreamReader } from '../../rows/stream-reader';
import { Details } from './details';
import { element } from './dom';
import { Model } from './model';
import type { Part } from './parts';
import { Picture } from './picture';
import { searched } from './search';
import { durationsTable, PartsTable } from './tables';
import { count, duration, KIND_NAMES, moment } from './text';

// The heading is painted first: to read a hundred thousand events takes longer than a frame.
afterPaint(() => start(new Model(readRows())));

/** Calls `fn` when what the page now holds has been painted. */
function afterPaint(fn: () => void): void {
  requestAnimationFrame(() => setTimeout(fn));
}

/** The rows of the streams of events that the page holds. */
function readRows(): Row[] {
  const rows: Row[] = [];
  const reader = new Rows(row => rows.push(row), document.getElementById('page')!.dataset.version!);
  const parse = (text: string): unknown => JSON.parse(text);
  const streams = [...document.querySelectorAll<HTMLElement>('script[data-lane]')].map(
    ({ dataset, textContent }) =>
      [dataset.lane!, new StreamReader(dataset.lane!, parse).read(textContent!.split('\n'))] as const,
  );
  inOrder(streams, (event, lane) => reader.take(event, lane));
  return [...rows, ...reader.last()];
}

function start(model: Model): void {
  const picture = new Picture(model, part => details.show(part));
  const goTo = (id: Id): void => {
    const own = model.instance(id)?.id ?? id;
    const part = model.parts.find(each => each.id === own && each.kind !== 'wait');
    picture.select(part);
  };
  const details = new Details(model, goTo);
  const parts = new PartsTable(model, part => {
    picture.select(part);
    picture.canvas.focus();
  });
  const find = searchBox(model, picture, parts);
  const page = document.getElementById('page')!;
  page.replaceChildren(
    header(model),
    element('div', { class: 'tools' }, ...find.tools, ...zoomTools(picture), legend()),
    element('div', { class: 'run' }, element('div', { class: 'frame' }, picture.canvas), details.panel),
  );
  afterPaint(() => {
    find.update();
    page.append(...limits(model, goTo), durationsTable(model, find.search), parts.section);
  });
}

function header({ run, notes }: Model): Node {
  const { counts, reason, inBand } = run;
  const how = {
    done: '',
    bail: ', ended by --bail',
    interrupt: ', interrupted',
    error: ', ended by an error',
  }[reason];
  const summary = `${count(counts.tests, 'test')} in ${count(counts.files, 'file')}, ${counts.failed} failed; ${duration(run.end - run.begin)}, ${inBand ? 'in band' : 'with workers'}${how}`;
  return element(
    'header',
    {},
    element('h1', {}, 'jest-loop timeline'),
    element('p', {}, summary),
    ...notes.map(note => element('p', { class: 'note' }, note)),
  );
}

/** The search box and its filter; `search` puts a query there, `update` shows what it finds. */
function searchBox(
  model: Model,
  picture: Picture,
  parts: PartsTable,
): { tools: Node[]; search(query: string): void; update(): void } {
  const found = element('output', { 'aria-live': 'polite' });
  const input = element('input', {
    type: 'search',
    placeholder: 'Search tests, fixtures, files  ( / )',
    'aria-label': 'Search',
  });
  const failed = element('input', { type: 'checkbox', id: 'failed' });
  let matching: readonly Part[] = [];
  let at = -1;
  const update = (): void => {
    const matches = searched(input.value, failed.checked);
    matching = matches === undefined ? model.parts : model.parts.filter(matches);
    at = -1;
    found.value = matches === undefined ? '' : `${matching.length.toLocaleString('en')} found`;
    picture.search(matches);
    parts.show(matching);
  };
  input.addEventListener('input', update);
  failed.addEventListener('change', update);
  input.addEventListener('keydown', ({ key, shiftKey }) => {
    if (key === 'Escape') {
      input.value = '';
      update();
    }
    if (key !== 'Enter' || matching.length === 0) return;
    at = (at + (shiftKey ? -1 : 1) + matching.length) % matching.length;
    picture.select(matching[at]);
  });
  document.addEventListener('keydown', event => {
    if (event.key !== '/' || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    input.focus();
  });
  return {
    tools: [input, element('label', {}, failed, ' failures only'), found],
    update,
    search: query => {
      input.value = query;
      update();
    },
  };
}

function zoomTools(picture: Picture): Node[] {
  const tool = (label: string, name: string, click: () => void): Node =>
    element('button', { type: 'button', title: name, 'aria-label': name, click }, label);
  return [
    tool('+', 'Zoom in (+)', () => picture.zoom(0.5)),
    tool('−', 'Zoom out (-)', () => picture.zoom(2)),
    tool('Fit', 'Show the whole run (f)', () => picture.fit()),
  ];
}

function legend(): Node {
  const kinds = Object.entries(KIND_NAMES).map(([kind, name]) =>
    element('li', {}, element('i', { class: `swatch ${kind}` }), name),
  );
  return element(
    'ul',
    { class: 'legend', 'aria-label': 'Legend' },
    ...kinds,
    element('li', {}, element('i', { class: 'swatch failed' }), 'Failed'),
  );
}

/** The time limits that expired, with what each function was waiting for. */
function limits({ expired }: Model, goTo: (id: Id) => void): Node[] {
  if (expired.length === 0) return [];
  const items = expired.map(({ of, name, limit, time, waiting }) =>
    element(
      'li',
      {},
      element('button', { type: 'button', class: 'link', click: () => goTo(of) }, name),
      `: ${duration(limit)}, ${moment(time, 1)} into the run; waiting for ${waiting.join(', ') || 'nothing that is known'}`,
    ),
  );
  return [
    element(
      'section',
      { class: 'limits' },
      element('h2', {}, 'Time limits that expired'),
      element('ul', {}, ...items),
    ),
  ];
}
