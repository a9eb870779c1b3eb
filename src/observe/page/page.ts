import { readFileSync } from '../../node/fs';
import * as json from '../../node/json';
import { join } from '../../node/path';
import type { Row } from '../events/row';

/*
 * The page of a timeline, in three parts, since its rows are written while the run goes on: `pageHead()`, the rows, as
 * `pageRows` writes them, `pageFoot()`. It needs no other file and no network. What draws it stands in `client/`, which
 * the build compiles for browsers.
 */

/** A file of the built package, beside the entries that this is bundled into. */
const built = (name: string): string => readFileSync(join(__dirname, '../page', name), 'utf8');

export function pageHead(): string {
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
<main id="page"></main>
<script type="application/json" id="rows">[
`;
}

/** Some rows as they stand in the page: nothing in them can end the element around them. */
export function pageRows(rows: readonly Row[]): string {
  return rows.length === 0 ? '' : `${json.stringify(rows).slice(1, -1).replaceAll('<', '\\u003c')},\n`;
}

export function pageFoot(): string {
  return `null]</script>
<script>${built('timeline.js')}</script>
</body>
</html>
`;
}
