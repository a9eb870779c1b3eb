import { readFileSync } from '../../node/fs';
import { join } from '../../node/path';
import type { Id } from '../events/event';

/*
 * The page of a timeline: `pageHead()`, then each stream of events between `streamHead()` and `STREAM_END`, as it was
 * written while the run went on, then `pageFoot()`. It needs no other file and no network. What draws it stands in
 * `client/`, which the build compiles for browsers.
 */

/** A file of the built package, beside the entries that this is bundled into. */
const built = (name: string): string => readFileSync(join(__dirname, '../page', name), 'utf8');

export function pageHead(version: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>jest-loop timeline</title>
<style>${built('timeline-style.css')}</style>
</head>
<body>
<main id="page" data-version="${version}"><header><h1>jest-loop timeline</h1><p>Reading the run …</p></header></main>
`;
}

/** What stands before a stream. Nothing in a stream can end the element: it has no `<`. */
export function streamHead(lane: Id): string {
  return `<script type="application/json" data-lane="${lane}">\n`;
}

/** What stands after a stream, whose last line may be cut. */
export const STREAM_END = '\n</script>\n';

export function pageFoot(): string {
  return `<script>${built('timeline.js')}</script>
</body>
</html>
`;
}
