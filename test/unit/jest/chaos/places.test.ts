import { Decisions } from '../../../../src/chaos/decisions';
import { placesOf } from '../../../../src/jest/chaos/places';

const work = (what: string, ...frames: string[]) => {
  const site = frames.length === 0 ? undefined : new Error();
  if (site !== undefined)
    site.stack = ['Error', ...frames.map(frame => `    at fn (/root/${frame}:7)`)].join('\n');
  return { site, describe: () => what };
};

function places(...[first, second]: ReturnType<typeof work>[]): unknown {
  const decisions = new Decisions();
  decisions.add([first!, second!], 1);
  const { passing, failing } = placesOf(decisions.lastDeviation, '/root');
  return [passing, failing];
}

test('the first of the frames of the user', () => {
  expect(places(work('a', 'src/a.js:3', 'test/t.js:9'), work('b', 'src/b.js:4'))).toEqual([
    { what: 'a', at: 'src/a.js:3' },
    { what: 'b', at: 'src/b.js:4' },
  ]);
});

test('callers distinguish what one helper creates', () => {
  const helper = ['test/sleep.js:2', 'test/sleep.js:2', 'src/queue.js:5'];
  expect(places(work('a', ...helper, 'test/t.js:9'), work('b', ...helper, 'test/t.js:12', 'x.js:1'))).toEqual(
    [
      { what: 'a', at: 'test/sleep.js:2 from src/queue.js:5 from test/t.js:9' },
      { what: 'b', at: 'test/sleep.js:2 from src/queue.js:5 from test/t.js:12' },
    ],
  );
  expect(places(work('a', ...helper), work('a', ...helper))).toEqual([
    { what: 'a', at: 'test/sleep.js:2 from src/queue.js:5' },
    { what: 'a', at: 'test/sleep.js:2 from src/queue.js:5' },
  ]);
});

test('columns distinguish what one line creates', () => {
  const at = (column: number) => {
    const made = work('setTimeout(fn, 5)', 'test/t.js:9');
    made.site!.stack = made.site!.stack!.replace(':7)', `:${column})`);
    return made;
  };
  expect(places(at(3), at(28))).toEqual([
    { what: 'setTimeout(fn, 5)', at: 'test/t.js:9:3' },
    { what: 'setTimeout(fn, 5)', at: 'test/t.js:9:28' },
  ]);
  expect(places(at(3), at(3))).toEqual([
    { what: 'setTimeout(fn, 5)', at: 'test/t.js:9' },
    { what: 'setTimeout(fn, 5)', at: 'test/t.js:9' },
  ]);
});

test('a place that is not known', () => {
  expect(places(work('a'), work('b', 'src/b.js:4'))).toEqual([
    { what: 'a', at: undefined },
    { what: 'b', at: 'src/b.js:4' },
  ]);
});
