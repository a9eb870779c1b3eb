import * as fs from 'node:fs';
import type { Browser, Page } from 'puppeteer-core';

/** Where systems keep a browser; `CHROME_PATH` names another one. */
const SYSTEM = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A headless browser: the system's, or, on Linux, the one among our dev dependencies. Undefined: there is none. */
export async function launchBrowser(): Promise<Browser | undefined> {
  const { default: puppeteer } = await import('puppeteer-core');
  const system = SYSTEM.find(each => each !== undefined && fs.existsSync(each));
  if (system !== undefined) return puppeteer.launch({ executablePath: system, args: ['--no-sandbox'] });
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const loaded = await import('@sparticuz/chromium');
  // The import is compiled to `require`, which gives the class itself.
  const chromium = loaded.default ?? (loaded as unknown as typeof loaded.default);
  const executablePath = await chromium.executablePath();
  return puppeteer.launch({ executablePath, args: chromium.args, headless: 'shell' });
}

/** Opens a file. What the page throws or logs as an error is added to `errors`. */
export async function openFile(browser: Browser, file: string, errors: string[]): Promise<Page> {
  const page = await browser.newPage();
  page.on('pageerror', error => errors.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.setViewport({ width: 1200, height: 800 });
  await page.goto(`file://${file}`);
  // Tables come after the picture.
  await page.waitForSelector('caption');
  return page;
}
