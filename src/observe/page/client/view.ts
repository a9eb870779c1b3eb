/** Which part of the run is visible, and how wide. Times in ms, widths in CSS pixels. */
export class View {
  from = 0;
  to: number;
  width = 1;

  constructor(readonly length: number) {
    this.to = length;
  }

  get pixelsPerMs(): number {
    return this.width / (this.to - this.from);
  }

  x(time: number): number {
    return (time - this.from) * this.pixelsPerMs;
  }

  time(x: number): number {
    return this.from + x / this.pixelsPerMs;
  }

  /** Shows `factor` times as much; the moment at `x` stays where it is. */
  zoom(factor: number, x = this.width / 2): void {
    const still = this.time(x);
    // A thousandth of a millisecond is more than timers can resolve.
    const span = Math.min(this.length, Math.max(0.001, (this.to - this.from) * factor));
    this.#show(still - (x / this.width) * span, span);
  }

  pan(pixels: number): void {
    this.#show(this.from + pixels / this.pixelsPerMs, this.to - this.from);
  }

  fit(): void {
    this.#show(0, this.length);
  }

  /** Zooms to a span of time, with a margin. */
  focus(begin: number, end: number): void {
    const span = Math.min(this.length, Math.max(0.01, (end - begin) * 1.5));
    this.#show((begin + end) / 2 - span / 2, span);
  }

  /** Moves just so far that the moment is visible. */
  reveal(begin: number, end: number): void {
    const span = this.to - this.from;
    if (end - begin > span) this.focus(begin, end);
    else if (begin < this.from) this.#show(begin, span);
    else if (end > this.to) this.#show(end - span, span);
  }

  #show(from: number, span: number): void {
    this.from = Math.min(Math.max(0, from), this.length - span);
    this.to = this.from + span;
  }
}

/** A round step between ticks that are at least `pixels` apart. */
export function tickStep(pixelsPerMs: number, pixels = 90): number {
  const least = pixels / pixelsPerMs;
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5, 10].find(each => each * power >= least) ?? 10);
}
