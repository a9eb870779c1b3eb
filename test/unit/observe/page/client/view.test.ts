import { tickStep, View } from '../../../../../src/observe/page/client/view';

function view(): View {
  const made = new View(1000);
  made.width = 500;
  return made;
}

test('at first the whole run is visible', () => {
  expect([view().x(0), view().x(1000), view().time(250)]).toEqual([0, 500, 500]);
});

test('zooming keeps the moment under the pointer where it is', () => {
  const zoomed = view();
  zoomed.zoom(0.5, 100);
  expect(zoomed.time(100)).toBeCloseTo(200);
  expect(zoomed.to - zoomed.from).toBeCloseTo(500);
});

test('nothing before the run or after it can be seen', () => {
  const moved = view();
  moved.zoom(0.5);
  moved.pan(-10_000);
  expect(moved.from).toBe(0);
  moved.pan(10_000);
  expect(moved.to).toBe(1000);
  moved.zoom(100);
  expect([moved.from, moved.to]).toEqual([0, 1000]);
});

test('revealing a part moves no further than needed', () => {
  const moved = view();
  moved.zoom(0.1, 0);
  moved.reveal(150, 160);
  expect([moved.from, moved.to]).toEqual([60, 160]);
  moved.reveal(100, 110);
  expect([moved.from, moved.to]).toEqual([60, 160]);
  moved.reveal(100, 400);
  expect([moved.from <= 100, moved.to >= 400]).toEqual([true, true]);
});

test.each([
  [1, 100],
  [0.5, 200],
  [100, 1],
  [0.03, 5000],
])('at %d pixels per ms ticks are %d ms apart', (pixelsPerMs, step) => {
  expect(tickStep(pixelsPerMs)).toBe(step);
});
