/** The report's page in a real browser. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { renderInventory } from '../../src/report/index.js';
import type { Inventory } from '../../src/report/inventory.js';
import { inventoryOf } from '../report/support.js';
import { launch, missing } from './chromium.js';

if (missing !== undefined && process.env['CI']) throw new Error(missing);
if (missing !== undefined) console.warn(`The page is not tested: ${missing}`);

const families = ['payments', 'stock', 'mail', 'search'];

/** A service with so many downstreams, each fifth without a limit. */
function serviceOf(count: number): Record<string, string> {
  const functions = Array.from({ length: count }, (_, index) => {
    const host = `${families[index % families.length] ?? ''}-${index}.example.com`;
    const signal = index % 5 === 0 ? '' : ', { signal: AbortSignal.timeout(1000) }';
    return `export const call${index} = () => fetch('https://${host}/'${signal});`;
  });
  const calls = Array.from({ length: count }, (_, index) => `await call${index}();`).join(' ');
  return {
    'package.json': JSON.stringify({ name: 'shop', type: 'module' }),
    'src/clients.ts': functions.join('\n'),
    'src/routes.ts': `
import * as clients from './clients.js';
const { ${Array.from({ length: count }, (_, index) => `call${index}`).join(', ')} } = clients;
export function routes(app: { get(path: string, handler: () => Promise<void>): void }): void {
  app.get('/all', async () => { ${calls} });
}
`,
  };
}

async function pageOf(directory: string, count: number): Promise<string> {
  const root = path.join(directory, `service-${count}`);
  for (const [name, text] of Object.entries(serviceOf(count))) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
  const inventory: Inventory = await inventoryOf(root, { types: false });
  const file = path.join(root, 'report.html');
  fs.writeFileSync(file, renderInventory(inventory, 'html'));
  return pathToFileURL(file).href;
}

describe.skipIf(missing !== undefined)('the page', () => {
  let directory: string;
  let browser: Browser;
  let page: Page;
  let urls: Readonly<Record<5 | 80, string>>;
  /** Errors of the console, and whatever was asked for beside the page itself. */
  const trouble: string[] = [];

  beforeAll(async () => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'resilience-page-'));
    urls = { 5: await pageOf(directory, 5), 80: await pageOf(directory, 80) };
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    fs.rmSync(directory, { recursive: true, force: true });
  });

  async function open(url: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<void> {
    page = await browser.newPage(options);
    trouble.length = 0;
    page.on('console', (message) => {
      if (/error|warning/.test(message.type())) trouble.push(message.text());
    });
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('request', (request) => {
      if (request.url() !== url && !request.url().startsWith('data:')) trouble.push(request.url());
    });
    await page.goto(url);
  }

  describe.each([5, 80] as const)('with %i downstreams', (count) => {
    beforeEach(() => open(urls[count]));

    test('draws each of them, without an error and without a request', async () => {
      expect(await page.locator('.graph .node').count()).toBe(count);
      expect(await page.locator('.graph .edge').count()).toBe(count);
      expect(await page.locator('.downstream').count()).toBe(count);
      expect(trouble).toEqual([]);
    });

    test('no two labels of the picture lie over each other, and none is cut off', async () => {
      const problems = await page.evaluate(() => {
        const svg = document.querySelector('.graph');
        const frame = svg?.getBoundingClientRect();
        const texts = [...document.querySelectorAll('.graph .node text')];
        const angled = texts.some((text) => text.hasAttribute('transform'));
        const boxes = texts.map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
        const cut = boxes.filter(
          ({ box }) =>
            !frame ||
            box.left < frame.left - 1 ||
            box.right > frame.right + 1 ||
            box.top < frame.top - 1 ||
            box.bottom > frame.bottom + 1,
        );
        // The boxes of turned labels are larger than the labels.
        const over = angled
          ? []
          : boxes.filter(({ box }, index) =>
              boxes.some(
                (other, at) =>
                  at < index &&
                  box.left < other.box.right &&
                  other.box.left < box.right &&
                  box.top < other.box.bottom &&
                  other.box.top < box.bottom,
              ),
            );
        return [...cut, ...over].map(({ text }) => text);
      });
      expect(problems).toEqual([]);
    });

    test('fits a small screen', async () => {
      await page.setViewportSize({ width: 390, height: 800 });
      const [width, content] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
      expect(content).toBe(width);
    });
  });

  test('filters by text and by protection, in the picture too', async () => {
    await open(urls[80]);
    await page.getByRole('searchbox').fill('mail-');
    expect(await page.locator('.downstream:visible').count()).toBe(20);
    expect(await page.locator('.graph .node:not(.dim)').count()).toBe(20);
    expect(await page.locator('.bar output').textContent()).toBe('20 of 80 shown');
    await page.locator('.chip', { hasText: 'Bounded' }).click();
    expect(await page.locator('.downstream:visible').count()).toBe(4);
    await page.getByRole('searchbox').fill('');
    expect(await page.locator('.downstream:visible').count()).toBe(16);
    expect(trouble).toEqual([]);
  });

  test('is used with the keyboard: one stop in the picture, arrows in it, Enter shows the evidence', async () => {
    await open(urls[5]);
    const focused = (): Promise<string | null> =>
      page.evaluate(() => document.activeElement?.getAttribute('data-slug') ?? null);
    await page.locator('select, .chip input').last().focus();
    await page.keyboard.press('Tab');
    const first = await focused();
    expect(first).not.toBeNull();
    await page.keyboard.press('ArrowRight');
    const second = await focused();
    expect(second).not.toBe(first);
    await page.keyboard.press('ArrowLeft');
    expect(await focused()).toBe(first);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.graph') === null)).toBe(true);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    const details = page.locator(`#d-${first ?? ''}`);
    await expect.poll(() => details.evaluate((element: HTMLElement & { open: boolean }) => element.open)).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.parentElement?.id)).toBe(`d-${first ?? ''}`);
    await details.locator('.practice .proof summary').first().click();
    expect(await details.locator('pre .mark:visible').first().textContent()).toContain('fetch(');
    expect(trouble).toEqual([]);
  });

  test('works out the uptime that it is told', async () => {
    await open(urls[5]);
    const cell = page.locator('[data-needs] b').first();
    expect(await cell.textContent()).toBe('99.50 %');
    await page.locator('#uptime').fill('99');
    expect(await cell.textContent()).toBe('95.10 %');
    await page.locator('details:has(.each) > summary').click();
    await page.locator('[data-uptime]').first().fill('50');
    expect(await cell.textContent()).toBe('48.03 %');
  });

  test('is dark where the reader wants it dark', async () => {
    const background = async (colorScheme: 'dark' | 'light'): Promise<string> => {
      await open(urls[5], { colorScheme });
      return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    };
    expect(await background('light')).not.toBe(await background('dark'));
  });

  test('on paper everything is open', async () => {
    await open(urls[5]);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await page.locator('.downstream[open]').count()).toBe(5);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await page.locator('.downstream[open]').count()).toBe(0);
  });

  test('is whole without its script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    page = await context.newPage();
    await page.goto(urls[5]);
    expect(await page.locator('.graph .node').count()).toBe(5);
    await page.locator('.downstream > summary').first().click();
    expect(await page.locator('.downstream').first().locator('.practice').first().isVisible()).toBe(true);
    await context.close();
  });
});
