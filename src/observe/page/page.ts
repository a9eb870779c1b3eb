import * as json from '../../node/json';
import type { Row } from '../events/row';
import { SCRIPT } from './script';
import { STYLE } from './style';

/*
 * The page of a timeline, in three parts, since its rows are written while the run goes on: `PAGE_HEAD`, the rows with
 * a comma after each, `PAGE_FOOT`. It needs no other file and no network.
 */

export const PAGE_HEAD = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>jest-loop timeline</title>
<style>${STYLE}</style>
</head>
<body>
<main id="page"></main>
<script type="application/json" id="rows">[
`;

/** A row as it stands in the page: nothing in it can end the element around it. */
export function pageRow(row: Row): string {
  return `${json.stringify(row).replaceAll('<', '\\u003c')},\n`;
}

export const PAGE_FOOT = `null]</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
