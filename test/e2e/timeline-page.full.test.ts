import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import type { HappenedEvent, TimedEvent } from '../../src/observe/events/event';
import { NumberText } from '../../src/observe/stream/number-text';
import { fullTest } from '../sizes';
import { launchBrowser, openFile } from './browser';
import { runFiles } from './run-jest';

/*
 * The page of a timeline in a real browser. Without one these tests cannot run, and say so; in CI that is an error.
 */

const FILES = {
  'jest.fixtures.js': `
    fixture('server', { scope: 'file' }, async function* () { yield 'up'; });
    fixture('db', { params: ['memory', 'disk'] }, ({ server }, request) => request.param);
    fixture('slow', { timeout: 30 }, () => new Promise(resolve => setTimeout(resolve, 60_000)));
  `,
  'a.test.js': `
    test('answers', ({ db }) => {});
    test('is <img src=x onerror="document.title=1"></script> markup', () => { throw new Error('</script><b>bold</b>'); });
    test('hangs', ({ slow }) => {});
  `,
};

let browser: Browser | undefined;
let page: Page;
let html: string;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'timeline-'));
const errors: string[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  if (browser === undefined) {
    const message = 'No browser: the page of the timeline was NOT tested. Name one in CHROME_PATH.';
    if (process.env.CI) throw new Error(message);
    console.warn(message);
    return;
  }
  const file = path.join(folder, 'timeline.html');
  runFiles(FILES, { env: { JEST_LOOP_TIMELINE: file } });
  html = fs.readFileSync(file, 'utf8');
  page = await openFile(browser, file, errors);
});
afterAll(async () => {
  await browser?.close();
  fs.rmSync(folder, { recursive: true });
});

/** A test that needs the browser. */
function inBrowser(title: string, body: () => Promise<void>, register: jest.It = test): void {
  register(title, async () => {
    if (browser !== undefined) await body();
  });
}

const text = (selector: string): Promise<string> => page.$eval(selector, found => found.textContent ?? '');

async function search(query: string): Promise<void> {
  await page.$eval('input[type=search]', found => {
    (found as { value?: string }).value = '';
    found.dispatchEvent(new Event('input'));
  });
  await page.type('input[type=search]', query);
}

inBrowser('it opens from a file, with the run in words', async () => {
  expect(await text('header')).toMatch(/4 tests in 1 file, 2 failed/);
  const drawn = await page.$eval('canvas', canvas => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
  expect(drawn).toBeGreaterThan(10);
});

inBrowser('search filters the parts, and Enter selects one', async () => {
  await search('db set-up');
  expect(await text('output')).toBe('2 found');
  await page.keyboard.press('Enter');
  const details = await text('aside');
  expect(details).toContain('db[memory]');
  expect(details).toContain('Declared atjest.fixtures.js:3');
  expect(details).toContain('Requested bytest "answers [memory]"');
  expect(details).toContain('Depends onserver');
});

inBrowser('a requester is one click away', async () => {
  await page.$$eval('aside button', buttons =>
    buttons.find(button => button.textContent?.includes('answers'))?.click(),
  );
  expect(await text('aside h2')).toBe('answers [memory]');
});

inBrowser('an expired limit shows what its function was waiting for', async () => {
  await search('slow set-up');
  await page.keyboard.press('Enter');
  expect(await text('aside .limit')).toMatch(/Time limit of 30 ms expired.*setTimeout\(fn, 60000\)/);
  expect(await text('.limits')).toContain('slow');
});

inBrowser('the keyboard moves between parts, zooms and clears', async () => {
  await search('');
  await page.focus('canvas');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
  const first = await text('aside h2');
  await page.keyboard.press('ArrowDown');
  expect(await text('aside h2')).not.toBe(first);
  const picture = (): Promise<string> => page.$eval('canvas', canvas => canvas.toDataURL());
  const before = await picture();
  await page.keyboard.press('+');
  await page.evaluate('new Promise(requestAnimationFrame)');
  await page.evaluate('new Promise(requestAnimationFrame)');
  expect(await picture()).not.toBe(before);
  await page.keyboard.press('Escape');
  expect(await text('aside')).toContain('Select a part');
});

inBrowser('tables say in words what the picture shows', async () => {
  const captions = await page.$$eval('caption', all => all.map(({ textContent }) => textContent));
  expect(captions).toEqual(['Fixtures, the most expensive first', expect.stringMatching(/^\d+ parts$/)]);
  expect(await text('tbody')).toContain('slow');
});

inBrowser('texts of tests and errors are no markup', async () => {
  await search('markup test');
  await page.keyboard.press('Enter');
  expect(await text('aside')).toContain('</script><b>bold</b>');
  expect(await page.$$eval('img, b', all => all.length)).toBe(0);
  expect(await page.title()).toBe('jest-loop timeline');
});

inBrowser('it fits a narrow and dark window', async () => {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await page.setViewport({ width: 500, height: 800 });
  const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
  const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  expect([background, Number(overflow) <= 0]).toEqual(['rgb(22, 24, 27)', true]);
});

inBrowser(
  '10,000 tests, one with an error of 1 MB, open without an error',
  async () => {
    const file = path.join(folder, 'large.html');
    fs.writeFileSync(file, pageOf(manyTests(9_999)));
    const large = await openFile(browser!, file, errors);
    expect(await large.$eval('header', ({ textContent }) => textContent)).toContain('10,000 tests');
    await large.close();
  },
  fullTest,
);

inBrowser('the page logs no error', async () => {
  expect(errors).toEqual([]);
});

/** A page with another stream. */
function pageOf(events: readonly TimedEvent[]): string {
  const [head] = html.split('<script type="application/json"');
  const foot = html.slice(html.lastIndexOf('<script>'));
  const numbers = new NumberText(0, 2 * events.length);
  for (const [at, { time }] of events.entries()) {
    numbers.add((time - (events[at - 1]?.time ?? 0)) * 1000);
    numbers.add(0);
  }
  const line = JSON.stringify([0, numbers.end(), events.map(({ time: _, ...event }) => event)]);
  return `${head}<script type="application/json" data-lane="1">\n${line.replaceAll('<', '\\u003c')}\n</script>${foot}`;
}

/** Tests with three fixtures each, one after the other. */
function manyTests(count: number): TimedEvent[] {
  let now = 0;
  const events: TimedEvent[] = [];
  const add = (event: HappenedEvent): unknown => events.push({ ...event, time: ++now });
  add({ type: 'lane', lane: '1', pid: 1 });
  add({ type: 'run-begin', inBand: true, root: '/p' });
  add({ type: 'file-begin', file: 'a', path: '/p/a.test.js', root: '/p' });
  const names = ['server', 'db', 'user'];
  for (const name of names)
    add({ type: 'fixture', fixture: name, name, scope: 'test', at: 'a.test.js:1', requests: [], file: 'a' });
  for (let i = 0; i < count; i++) {
    const test = `1.t${i}`;
    const uses = names.map(name => `1.${name}${i}`);
    add({ type: 'test-begin', test, file: 'a', titles: ['a block', `test ${i}`], at: `a.test.js:${i}` });
    for (const [at, fixture] of names.entries()) {
      const [instance, requestedBy] = [uses[at]!, `test "test ${i}"`];
      add({ type: 'set-up-begin', instance, fixture, uses: [], requester: test, requestedBy, file: 'a' });
      add({ type: 'set-up-end', instance, outcome: 'passed' });
    }
    add({ type: 'body-begin', test });
    add({ type: 'body-end', test });
    for (const instance of uses) {
      add({ type: 'tear-down-begin', instance });
      add({ type: 'tear-down-end', instance, outcome: 'passed' });
    }
    add({ type: 'test-end', test, file: 'a', outcome: 'passed', uses });
  }
  add({ type: 'test-begin', test: 'large', file: 'a', titles: ['large'] });
  const errors = [{ message: 'x'.repeat(1_000_000) }];
  add({ type: 'test-end', test: 'large', file: 'a', outcome: 'failed', errors });
  add({ type: 'file-end', file: 'a', outcome: 'failed' });
  add({ type: 'run-end', reason: 'done' });
  return events;
}
