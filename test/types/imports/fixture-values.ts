// What the value of a fixture is, by the kind of its definition.

import { type FixturesOf, fixture } from 'jest-loop';
import { expectEqual, Todo, value } from '../helpers';

const values = fixture('number', 1)
  .fixture('text', 'x')
  .fixture('flag', true)
  .fixture('nothing', null)
  .fixture('object', { a: 1 })
  .fixture('list', [1, 2])
  .fixture('instance', new Todo())
  .fixture('union', value<'a' | 'b' | undefined>());
expectEqual<
  FixturesOf<typeof values>,
  Readonly<{
    number: number;
    text: string;
    flag: boolean;
    nothing: null;
    object: { a: number };
    list: number[];
    instance: Todo;
    union: 'a' | 'b' | undefined;
  }>
>(true);

const functions = fixture('plain', () => 1)
  .fixture('async', async () => 'x')
  .fixture('thenable', () => value<PromiseLike<number>>())
  .fixture('none', () => {})
  .fixture('generator', function* () {
    yield new Todo();
  })
  .fixture('generatorOfPromise', function* () {
    yield Promise.resolve(1);
  })
  .fixture('asyncGenerator', async function* () {
    try {
      yield new Todo();
    } finally {
    }
  })
  .fixture('annotated', async function* (): AsyncGenerator<Todo> {
    yield new Todo();
  })
  .fixture('maker', () => (title: string) => title.length);
expectEqual<
  FixturesOf<typeof functions>,
  Readonly<{
    plain: number;
    async: string;
    thenable: number;
    // biome-ignore lint/suspicious/noConfusingVoidType: what a function without a result returns
    none: void;
    generator: Todo;
    generatorOfPromise: number;
    asyncGenerator: Todo;
    annotated: Todo;
    maker: (title: string) => number;
  }>
>(true);

const parametrised = fixture('widened', { params: ['a', 'b'] }, (_, { param }) => param)
  .fixture('mixed', { params: [1, 'b'] }, (_, request) => request.param)
  .fixture('literal', { params: ['a', 'b'] as const }, (_, { param }) => param)
  .fixture(
    'ids',
    { params: [new Date()], ids: (date, index) => date.toISOString() + index },
    (_, { param }) => param,
  )
  .fixture('texts', { params: [1, 2], ids: ['one', 'two'] }, (_, { param }) => param)
  .fixture('unparametrised', { scope: 'file' }, (_, { param }) => param);
expectEqual<
  FixturesOf<typeof parametrised>,
  {
    readonly widened: string;
    readonly mixed: string | number;
    readonly literal: 'a' | 'b';
    readonly ids: Date;
    readonly texts: number;
    unparametrised: undefined;
  }
>(true);
// @ts-expect-error ids are texts
fixture('ids', { params: [1], ids: date => date }, () => 1);
// @ts-expect-error the elements of params are numbers
fixture('ids', { params: [1], ids: (date: Date) => date.toISOString() }, () => 1);

// The later of two of one name counts.
const twice = fixture('port', 1).fixture('port', ({ port }) => `${port.toFixed()}`);
expectEqual<FixturesOf<typeof twice>, { readonly port: string }>(true);

// A name that is only known at run time is not added.
const dynamic = fixture(value<string>(), 1).fixture('known', 1);
expectEqual<FixturesOf<typeof dynamic>, { readonly known: number }>(true);

// @ts-expect-error FixturesOf takes a set
export type Wrong = FixturesOf<{ port: number }>;
