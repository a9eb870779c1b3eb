'use strict';

/*
 * node bench/page.js [--files 10] [--tests 1000] [--rounds 7]
 *
 * How soon the page of a timeline is there, in a headless Chromium: its first paint, the picture, and the tables. The
 * suites are those of row (j). `CHROME_PATH` names a browser; without it, that of the dev dependencies is used.
 */
const fs = require('node:fs');
const path = require('node:path');
const { parseArgs } = require('node:util');
const puppeteer = require('puppeteer-core');
const { observed, observedFixtures } = require('./generate/observed');
const { runOnce } = require('./measure');
const { prepare } = require('./project');
const { head, times } = require('./table');

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '10' },
    tests: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '7' },
  },
});
const [files, tests, rounds] = [values.files, values.tests, values.rounds].map(Number);

async function launch() {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH !== undefined)
    return puppeteer.launch({ executablePath: CHROME_PATH, args: ['--no-sandbox'] });
  const { default: chromium } = await import('@sparticuz/chromium');
  return puppeteer.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args,
    headless: 'shell',
  });
}

/** Notes when the picture and the tables are painted. Runs in the page. */
function noteParts() {
  window.painted = {};
  const note = (name, selector) => {
    if (window.painted[name] !== undefined || document.querySelector(selector) === null) return;
    window.painted[name] = 0;
    requestAnimationFrame(() =>
      setTimeout(() => {
        window.painted[name] = performance.now();
      }),
    );
  };
  new MutationObserver(() => {
    note('picture', 'canvas');
    note('tables', 'caption');
  }).observe(document, { childList: true, subtree: true });
}

async function openOnce(browser, file) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1200, height: 800 });
  await page.evaluateOnNewDocument(noteParts);
  await page.goto(`file://${file}`);
  await page.waitForFunction(() => window.painted.picture > 0 && window.painted.tables > 0);
  const found = await page.evaluate(() => ({
    ...window.painted,
    first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  }));
  await page.close();
  return found;
}

async function main() {
  prepare();
  const browser = await launch();
  const suites = {
    'trivial tests': observed('page', files, tests)[1],
    'tests with three chained fixtures each, and one for the file': observedFixtures(
      'page-fixtures',
      files,
      tests,
    )[1],
  };
  console.log(`Node ${process.versions.node}, ${await browser.version()}, ${rounds} times`);
  for (const [title, project] of Object.entries(suites)) {
    runOnce(project);
    const file = path.join(project.dir, 'timeline.html');
    await openOnce(browser, file);
    const found = [];
    for (let i = 0; i < rounds; i++) found.push(await openOnce(browser, file));
    console.log(`\n${files * tests} ${title}: a page of ${(fs.statSync(file).size / 1e6).toFixed(1)} MB`);
    head('min', 'median', 'max');
    for (const part of ['first', 'picture', 'tables']) {
      const label = part === 'first' ? 'first paint' : part;
      times(
        label,
        found.map(each => each[part]),
      );
    }
  }
  await browser.close();
}

void main();
