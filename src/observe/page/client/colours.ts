import type { Part } from './parts';

/** The colours of the picture, as the style sheet has them for light and dark. */
export interface Colours {
  readonly fill: Readonly<Record<Part['kind'], string>>;
  readonly failed: string;
  readonly skipped: string;
  readonly text: string;
  readonly faint: string;
  readonly band: string;
  readonly selected: string;
  readonly limit: string;
}

export function coloursOf(root: Element): Colours {
  const style = getComputedStyle(root);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    fill: {
      file: colour('file'),
      test: colour('test'),
      body: colour('body'),
      hook: colour('hook'),
      'set-up': colour('set-up'),
      teardown: colour('teardown'),
      wait: colour('wait'),
    },
    failed: colour('failed'),
    skipped: colour('skipped'),
    text: colour('text'),
    faint: colour('faint'),
    band: colour('band'),
    selected: colour('selected'),
    limit: colour('limit'),
  };
}

export function fillOf({ fill, skipped, failed }: Colours, part: Part): string {
  if (part.failed && part.kind === 'test') return failed;
  return part.outcome === 'skipped' || part.outcome === 'todo' ? skipped : fill[part.kind];
}
