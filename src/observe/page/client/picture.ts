import { coloursOf } from './colours';
import { element } from './dom';
import { draw, heightOf, topOf, trackAt } from './draw';
import type { Model } from './model';
import type { Part } from './parts';
import { type Lane, layOut, within } from './tracks';
import { View } from './view';

/** The lanes to scale, on a canvas. `selects` receives what was clicked, or reached by keyboard. */
export class Picture {
  readonly canvas = element('canvas', {
    tabindex: '0',
    role: 'img',
    'aria-label': 'Timeline of the run. Arrow keys move between its parts; the tables below say the same.',
  });
  readonly #view: View;
  readonly #lanes: readonly Lane[];
  #selected: Part | undefined;
  #matches: ((part: Part) => boolean) | undefined;
  #frame = 0;

  constructor(
    readonly model: Model,
    readonly selects: (part: Part | undefined) => void,
  ) {
    this.#view = new View(model.length);
    this.#lanes = layOut(model);
    this.#listen();
    new ResizeObserver(() => this.#resize()).observe(this.canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.redraw());
  }

  /** Selects a part and brings it into view. */
  select(part: Part | undefined): void {
    this.#selected = part;
    if (part !== undefined) {
      this.#view.reveal(part.begin, part.end);
      const frame = this.canvas.parentElement!;
      const top = topOf(this.#lanes, part);
      if (top < frame.scrollTop || top > frame.scrollTop + frame.clientHeight - 40)
        frame.scrollTop = top - frame.clientHeight / 2;
    }
    this.redraw();
    this.selects(part);
  }

  /** What does not match fades. */
  search(matches: ((part: Part) => boolean) | undefined): void {
    this.#matches = matches;
    this.redraw();
  }

  zoom(factor: number): void {
    const selected = this.#selected;
    const middle = selected === undefined ? undefined : this.#view.x((selected.begin + selected.end) / 2);
    const visible = middle !== undefined && middle >= 0 && middle <= this.#view.width;
    this.#view.zoom(factor, visible ? middle : undefined);
    this.redraw();
  }

  fit(): void {
    this.#view.fit();
    this.redraw();
  }

  /** Draws it once more, with the next frame. */
  redraw(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    const context = this.canvas.getContext('2d')!;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    const colours = coloursOf(document.documentElement);
    draw(context, this.#view, this.model, this.#lanes, {
      colours,
      selected: this.#selected,
      matches: this.#matches,
    });
  }

  #resize(): void {
    const { canvas } = this;
    this.#view.width = Math.max(1, canvas.clientWidth);
    const height = heightOf(this.#lanes);
    canvas.style.height = `${height}px`;
    canvas.width = this.#view.width * devicePixelRatio;
    canvas.height = height * devicePixelRatio;
    // In the frame that has the new size.
    this.#draw();
  }

  #listen(): void {
    const { canvas } = this;
    let from: { x: number; moved: boolean } | undefined;
    canvas.addEventListener('pointerdown', event => {
      from = { x: event.offsetX, moved: false };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener('pointermove', event => {
      if (from === undefined) {
        canvas.title = this.#at(event)?.name ?? '';
        return;
      }
      if (Math.abs(event.offsetX - from.x) < 3 && !from.moved) return;
      this.#view.pan(from.x - event.offsetX);
      from = { x: event.offsetX, moved: true };
      this.redraw();
    });
    canvas.addEventListener('pointerup', event => {
      if (from?.moved === false) this.select(this.#at(event));
      from = undefined;
    });
    canvas.addEventListener('dblclick', event => {
      const part = this.#at(event);
      if (part !== undefined) this.#view.focus(part.begin, part.end);
      this.redraw();
    });
    canvas.addEventListener(
      'wheel',
      event => {
        if (event.ctrlKey || event.metaKey) this.#view.zoom(1.0015 ** event.deltaY, event.offsetX);
        else if (event.shiftKey || event.deltaX !== 0) this.#view.pan(event.deltaX || event.deltaY);
        else return;
        event.preventDefault();
        this.redraw();
      },
      { passive: false },
    );
    canvas.addEventListener('keydown', event => this.#press(event));
  }

  #press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key, shiftKey } = event;
    const pan = (this.#view.width / 5) * (key === 'ArrowLeft' ? -1 : 1);
    if ((key === 'ArrowLeft' || key === 'ArrowRight') && shiftKey) this.#view.pan(pan);
    else if (key === 'ArrowRight') this.#step(1);
    else if (key === 'ArrowLeft') this.#step(-1);
    else if (key === 'ArrowDown') this.#cross(1);
    else if (key === 'ArrowUp') this.#cross(-1);
    else if (key === '+' || key === '=') this.zoom(0.5);
    else if (key === '-') this.zoom(2);
    else if (key === 'f' || key === '0' || key === 'Home') this.fit();
    else if (key === 'Enter' && this.#selected !== undefined)
      this.#view.focus(this.#selected.begin, this.#selected.end);
    else if (key === 'Escape') this.select(undefined);
    else return;
    event.preventDefault();
    this.redraw();
  }

  /** To the next or previous match of the same row. */
  #step(by: 1 | -1): void {
    const part = this.#selected;
    const tracks = this.#lanes.flatMap(({ tracks }) => tracks);
    const track = (part && tracks.find(each => each.includes(part))) ?? tracks[0] ?? [];
    for (let at = part === undefined ? 0 : track.indexOf(part) + by; track[at] !== undefined; at += by) {
      if (this.#matches !== undefined && !this.#matches(track[at]!)) continue;
      this.select(track[at]);
      return;
    }
  }

  /** To the row above or below: what is there at this moment. */
  #cross(by: 1 | -1): void {
    const part = this.#selected;
    if (part === undefined) {
      this.#step(1);
      return;
    }
    const tracks = this.#lanes.flatMap(({ tracks }) => tracks);
    for (let at = tracks.findIndex(each => each.includes(part)) + by; tracks[at] !== undefined; at += by) {
      const track = tracks[at]!;
      const found = track.find(each => each.end >= part.begin && each.begin <= part.end);
      if (found === undefined) continue;
      this.select(found);
      return;
    }
  }

  #at({ offsetX, offsetY }: MouseEvent): Part | undefined {
    const track = trackAt(this.#lanes, offsetY);
    if (track === undefined) return undefined;
    const slack = 2 / this.#view.pixelsPerMs;
    const time = this.#view.time(offsetX);
    const near = [...within(track, time - slack, time + slack)];
    return near.find(each => each.failed) ?? near.at(-1);
  }
}
