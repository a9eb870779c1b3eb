import { type Colours, fillOf } from './colours';
import type { Model } from './model';
import type { Part } from './parts';
import { moment } from './text';
import { type Lane, within } from './tracks';
import { tickStep, type View } from './view';

/** Heights in CSS pixels. */
const AXIS = 24;
const HEADER = 22;
const TRACK = 18;
const GAP = 8;
const FONT = '12px system-ui, sans-serif';

/** What the picture shows beside the parts themselves. */
export interface Shown {
  readonly colours: Colours;
  readonly selected: Part | undefined;
  /** Undefined: nothing is searched for. */
  readonly matches: ((part: Part) => boolean) | undefined;
}

export function heightOf(lanes: readonly Lane[]): number {
  return lanes.reduce((sum, { tracks }) => sum + HEADER + tracks.length * TRACK + GAP, AXIS);
}

/** The row at a height, with its top. */
export function trackAt(lanes: readonly Lane[], y: number): readonly Part[] | undefined {
  let top = AXIS;
  for (const { tracks } of lanes) {
    top += HEADER;
    const index = Math.floor((y - top) / TRACK);
    if (index >= 0 && index < tracks.length) return tracks[index];
    top += tracks.length * TRACK + GAP;
  }
  return undefined;
}

/** Where the row of a part begins. */
export function topOf(lanes: readonly Lane[], part: Part): number {
  let top = AXIS;
  for (const { id, tracks } of lanes) {
    top += HEADER;
    if (id === part.lane) {
      const index = tracks.findIndex(track => track.includes(part));
      return top + index * TRACK;
    }
    top += tracks.length * TRACK + GAP;
  }
  return top;
}

export function draw(
  context: CanvasRenderingContext2D,
  view: View,
  model: Model,
  lanes: readonly Lane[],
  shown: Shown,
): void {
  const height = heightOf(lanes);
  context.clearRect(0, 0, view.width, height);
  context.font = FONT;
  context.textBaseline = 'middle';
  drawAxis(context, view, height, shown.colours);
  let top = AXIS;
  for (const { name, tracks } of lanes) {
    context.fillStyle = shown.colours.band;
    context.fillRect(0, top, view.width, HEADER);
    context.fillStyle = shown.colours.text;
    context.fillText(name, 6, top + HEADER / 2);
    top += HEADER;
    for (const track of tracks) {
      drawTrack(context, view, track, top, shown);
      top += TRACK;
    }
    top += GAP;
  }
  drawMoments(context, view, model, height, shown.colours);
}

function drawAxis(context: CanvasRenderingContext2D, view: View, height: number, colours: Colours): void {
  const step = tickStep(view.pixelsPerMs);
  for (let time = Math.ceil(view.from / step) * step; time <= view.to; time += step) {
    const x = Math.round(view.x(time)) + 0.5;
    context.fillStyle = colours.faint;
    context.fillRect(x, 0, 1, height);
    context.fillStyle = colours.text;
    context.fillText(moment(time, step), x + 4, AXIS / 2);
  }
}

function drawTrack(
  context: CanvasRenderingContext2D,
  view: View,
  track: readonly Part[],
  top: number,
  { colours, selected, matches }: Shown,
): void {
  // Of many parts within one pixel the first is drawn, and each that failed.
  let drawnTo = -1;
  const { from, width, pixelsPerMs } = view;
  for (const part of within(track, from, view.to)) {
    const left = Math.max(0, (part.begin - from) * pixelsPerMs);
    const right = Math.min(width, (part.end - from) * pixelsPerMs);
    const isFailure = part.failed && (matches === undefined || matches(part));
    if (right < drawnTo + 0.5 && !isFailure && part !== selected) continue;
    drawnTo = Math.max(right, left + 1);
    drawPart(context, part, { left, width: Math.max(1, right - left - 0.5), top }, colours, matches);
    if (part === selected) {
      context.strokeStyle = colours.selected;
      context.lineWidth = 2;
      context.strokeRect(left, top + 1, Math.max(2, right - left), TRACK - 3);
    }
  }
}

function drawPart(
  context: CanvasRenderingContext2D,
  part: Part,
  { left, width, top }: { left: number; width: number; top: number },
  colours: Colours,
  matches: Shown['matches'],
): void {
  context.globalAlpha = matches === undefined || matches(part) ? 1 : 0.15;
  context.fillStyle = fillOf(colours, part);
  context.fillRect(left, top + 1, width, TRACK - 3);
  if (part.failed) {
    context.fillStyle = colours.failed;
    context.fillRect(left, top + TRACK - 5, width, 3);
  }
  if (width > 30) {
    context.save();
    context.beginPath();
    context.rect(left, top, width - 3, TRACK);
    context.clip();
    context.fillStyle = colours.text;
    context.fillText(part.name, left + 4, top + TRACK / 2);
    context.restore();
  }
  context.globalAlpha = 1;
}

/** Expired limits and interrupts, as lines over everything. */
function drawMoments(
  context: CanvasRenderingContext2D,
  view: View,
  { expired, interrupts }: Model,
  height: number,
  colours: Colours,
): void {
  context.fillStyle = colours.limit;
  for (const { time } of expired) context.fillRect(view.x(time) - 0.5, AXIS, 1, height);
  for (const time of interrupts) {
    context.fillRect(view.x(time) - 1, 0, 2, height);
    context.fillText('interrupted', view.x(time) + 4, AXIS + HEADER / 2);
  }
}
