import type { FixtureFunction } from '../../../src/fixtures/declare/declaration';
import type { GivenOptions } from '../../../src/fixtures/declare/options';
import type { ScopeName } from '../../../src/fixtures/declare/scopes';
import type { Instance } from '../../../src/fixtures/life/interfaces/life';
import { seenBefore } from '../../../src/jest/report/error-copies';
import type { DescribedDeclaration, DescribedNamespace, SharedQuery } from '../../../src/shared/query';
import type { Loaded } from '../../../src/shared/replica';
import { SharedEngine } from '../../../src/shared/shared-engine';
import { askerAt, makeError, siteAt, texts } from '../support';

/** A fixture as a file declares it. */
export interface Declared {
  readonly name: string;
  readonly scope?: ScopeName;
  readonly deps?: readonly string[];
  readonly params?: readonly unknown[];
  readonly timeout?: number;
  readonly value: unknown;
}

/** A directory, or the setup files, with its declarations. */
export interface Place {
  readonly label: string;
  readonly kind?: 'setup' | 'directory';
  readonly fixtures: readonly Declared[];
}

/** Where a file is, in these tests. */
const fileOf = ({ label }: Place): string => `${label}/jest.fixtures.ts`;

/** A host, with files to load. */
export class Hosted {
  readonly host: SharedEngine;
  /** The files that were loaded. */
  readonly loaded: string[] = [];
  /** Unhandled exceptions. */
  readonly caught: string[] = [];
  readonly late: string[] = [];
  readonly #places: readonly Place[];

  constructor(places: readonly Place[], widest: 'worker' | 'session' = 'worker') {
    this.#places = places;
    this.host = new SharedEngine(
      widest,
      () => ({
        makeError,
        seenBefore: (error, seenIn) => seenBefore({ Error }, error, seenIn),
        place: error => error,
        late: (error, label) => void this.late.push(`${label}: ${texts([error])[0]}`),
        caught: ({ name }, { exception }) => void this.caught.push(`${name}: ${texts([exception])[0]}`),
        handled: () => {},
        abortUsers: (instance, error) =>
          void this.caught.push(`${(instance as Instance).name}: ${texts([error])[0]}`),
        load: async file => {
          this.loaded.push(file);
          const place = this.#places.find(each => fileOf(each) === file)!;
          return { find: (name, nth) => loadedOf(place.fixtures.filter(each => each.name === name)[nth]) };
        },
        notFound: name => new Error(`${name} is not found`),
        describe: item => item.describe(),
      }),
      (error, ending) => `${(ending as Instance).name}: ${texts([error])[0]}`,
    );
  }

  /** The query of a test file in the innermost of these places. */
  asked(
    name: string,
    test = 'a test',
    places: readonly Place[] = this.#places,
    more: Partial<SharedQuery> = {},
  ): SharedQuery {
    const seenFrom = places.findLastIndex(({ fixtures }) => fixtures.some(each => each.name === name));
    return {
      observed: undefined,
      project: {
        id: 'project',
        root: '/p',
        debug: false,
        threadPoolSize: undefined,
        autouse: true,
        fixtureLoopScope: undefined,
        limit: { ms: 5000, ours: false },
      },
      namespaces: places.map(describe),
      name,
      origin: { file: fileOf(places[seenFrom]!), nth: 0 },
      seenFrom: places.length - 1,
      testType: [],
      variant: [],
      parallel: false,
      again: false,
      label: test,
      requester: askerAt(`test "${test}"`),
      ...more,
    };
  }

  /** Its value, or its failure. */
  async get(...args: Parameters<Hosted['asked']>): Promise<unknown> {
    return (await this.host.request(this.asked(...args)).value).value;
  }
}

function describe(place: Place): DescribedNamespace {
  const { kind = 'directory', label, fixtures } = place;
  return { kind, label, declarations: fixtures.map(each => describeOne(each, place)) };
}

function describeOne(given: Declared, place: Place): DescribedDeclaration {
  const { name, scope, deps = [], params, timeout } = given;
  return {
    name,
    origin: { file: fileOf(place), nth: 0 },
    scope,
    auto: undefined,
    timeout,
    loopScope: undefined,
    params: params?.length,
    requested: deps.map(name => ({ name, optional: false })),
    value: undefined,
    testType: undefined,
    mustOverride: false,
    site: siteAt(`${place.label.slice(1)}/jest.fixtures.ts:1`),
  };
}

function loadedOf(given: Declared | undefined): Loaded | undefined {
  if (given === undefined) return undefined;
  const { value, params } = given;
  const options: GivenOptions = { ...(params !== undefined && { params }) };
  return {
    options,
    body:
      typeof value === 'function'
        ? { kind: 'function', fn: value as FixtureFunction }
        : { kind: 'value', value },
  };
}
