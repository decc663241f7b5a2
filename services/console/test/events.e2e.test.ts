import { readFile } from 'node:fs/promises';
import { has, need } from '@framegate/test-kit';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestConsole } from './console-fixture.ts';
import { startTestConsole } from './console-fixture.ts';
import { frameOf, intentOf } from './frames-fixture.ts';

const program = ['chromium', 'chromium-browser', 'google-chrome'].find((name) =>
  has.command(name, '--version'),
);
const ready = need('Chromium', () => program !== undefined, 'apt-get install chromium');

describe.runIf(ready)('the events page in a browser', () => {
  let served: TestConsole;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    served = await startTestConsole();
    await served.want(intentOf('north/door'));
    await served.want(intentOf('north/yard'));
    for (const cameraId of ['north/door', 'north/yard']) {
      for (const seq of [1, 2, 3]) {
        await served.capture(frameOf(seq, { cameraId }));
        await served.detect(frameOf(seq, { cameraId }));
      }
    }
    const executablePath = program === undefined ? '' : `/usr/bin/${program}`;
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    page = await browser.newPage({ acceptDownloads: true });
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  it('finds what was seen at a camera, exports it, and erases it for good', async () => {
    const violations: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text());
    });
    await expect
      .poll(async () => (await served.past.findAppearances({ limit: 9 })).items.length, { timeout: 20_000 })
      .toBe(2);
    await page.goto(`${served.url}/events`);
    const cards = page.getByRole('article');
    await cards.nth(1).waitFor();
    await page.getByRole('combobox', { name: /^Camera/ }).selectOption('north/door');
    await expect.poll(() => cards.count()).toBe(1);
    expect(await cards.first().textContent()).toContain('north/door');

    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV' }).click();
    const csv = await readFile(await (await download).path(), 'utf8');
    expect(csv.trim().split('\r\n')).toHaveLength(2);
    expect(csv).toContain('north/door,person,1970-01-01T00:00:00.100Z');

    await page.getByRole('button', { name: 'Erase …' }).click();
    await page.getByText('Choose a camera, a begin and an end first').waitFor();
    await page.getByLabel(/^From/).fill('1970-01-01T00:00');
    await page.getByLabel(/^Until/).fill('1970-01-02T00:00');
    await page.getByRole('button', { name: 'Erase …' }).click();
    await page.getByRole('button', { name: 'Erase', exact: true }).click();
    await page.getByText('1 events of north/door are erased.').waitFor();
    await page.getByRole('combobox', { name: /^Camera/ }).selectOption('');
    await expect.poll(() => cards.count()).toBe(1);

    await page.getByRole('link', { name: 'Who looked' }).click();
    await page.getByText('events.erased').waitFor();
    expect(violations).toEqual([]);
  });
});
