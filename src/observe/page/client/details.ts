import type { Id, ObservedError } from '../../events/event';
import { element } from './dom';
import type { Model } from './model';
import type { Part } from './parts';
import { count, duration, KIND_NAMES, moment } from './text';

/** How many tests and fixtures a list names. */
const LISTED = 50;

/** The panel beside the picture: everything about the selected part. */
export class Details {
  readonly panel = element('aside', { 'aria-live': 'polite', 'aria-label': 'Details' });

  constructor(
    readonly model: Model,
    /** Selects another part: the first one of that id. */
    readonly goTo: (id: Id) => void,
  ) {
    this.show(undefined);
  }

  show(part: Part | undefined): void {
    const { panel, model } = this;
    if (part === undefined) {
      panel.replaceChildren(
        element(
          'p',
          { class: 'faint' },
          'Select a part of the picture to see where it is declared, what it depends on, and who requested it.',
        ),
      );
      return;
    }
    const { kind, id, begin, end, lost, lane } = part;
    panel.replaceChildren(
      element('h2', {}, part.name),
      this.#facts([
        ['Kind', KIND_NAMES[kind]],
        ['Outcome', part.failed ? 'failed' : lost ? 'cut short' : part.outcome],
        ['Took', duration(end - begin)],
        ['Began', `${moment(begin, 1)} into the run`],
        ['In', model.laneName(lane)],
        ...this.#factsOf(part),
      ]),
      ...part.errors.map(error => errorText(error)),
      ...this.#limits(id, kind),
    );
  }

  #factsOf({ kind, id, file }: Part): [string, string | Node | undefined][] {
    const { model } = this;
    const fileFact: [string, string | Node | undefined] = [
      'Test file',
      file === undefined ? undefined : this.#link(file),
    ];
    if (kind === 'set-up' || kind === 'teardown') {
      const instance = model.instances.get(id)!;
      const fixture = model.fixtures.get(instance.fixture);
      const { requester } = instance;
      return [
        ['Fixture', `${fixture?.scope ?? ''} scope${fixture?.auto ? ', auto' : ''}`],
        ['Declared at', fixture?.at ?? 'built in'],
        ['Parameter', instance.param],
        fileFact,
        [
          'Requested by',
          requester === undefined ? instance.requestedBy : this.#link(requester, instance.requestedBy),
        ],
        ['Depends on', this.#list(instance.uses)],
        ['Used by', this.#list(model.usersOf(id))],
      ];
    }
    if (kind === 'wait') return [['Of', this.#link(id)], fileFact];
    const test = model.tests.get(id);
    if (test !== undefined) return [['At', test.at], fileFact, ['Uses', this.#list(test.uses ?? [])]];
    const hook = model.hooks.get(id);
    return [fileFact, ['Test', hook?.test === undefined ? undefined : this.#link(hook.test)]];
  }

  /** What expired in this part, with what it was waiting for. */
  #limits(id: Id, kind: Part['kind']): Node[] {
    const phases: Partial<Record<Part['kind'], string>> = { 'set-up': 'set up', teardown: 'tear down' };
    return this.model.expired
      .filter(({ of, phase }) => of === id && (phases[kind] === undefined || phases[kind] === phase))
      .map(({ limit, waiting }) =>
        element(
          'section',
          { class: 'limit' },
          element('h3', {}, `Time limit of ${duration(limit)} expired`),
          element(
            'p',
            {},
            waiting.length === 0 ? 'It was waiting for nothing that is known.' : 'It was waiting for:',
          ),
          element('ul', {}, ...waiting.map(each => element('li', {}, each))),
        ),
      );
  }

  #facts(facts: readonly (readonly [string, string | Node | undefined])[]): Node {
    const list = element('dl');
    for (const [name, value] of facts) {
      if (value !== undefined && value !== '') list.append(element('dt', {}, name), element('dd', {}, value));
    }
    return list;
  }

  #list(ids: readonly Id[]): Node | undefined {
    if (ids.length === 0) return undefined;
    const rest = ids.length - LISTED;
    const items = ids.slice(0, LISTED).map(id => element('li', {}, this.#link(id)));
    if (rest > 0) items.push(element('li', {}, `and ${count(rest, 'other')}`));
    return element('ul', {}, ...items);
  }

  #link(id: Id, name = this.model.nameOf(id)): Node {
    return element('button', { type: 'button', class: 'link', click: () => this.goTo(id) }, name);
  }
}

function errorText({ message, stack }: ObservedError): Node {
  return element('pre', { class: 'error' }, stack === undefined ? message : `${message}\n${stack}`);
}
