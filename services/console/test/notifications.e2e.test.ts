import type { Browser, Page } from '@framegate/test-kit/browser';
import { needBrowser, openBrowser } from '@framegate/test-kit/browser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestConsole } from './console-fixture.ts';
import { startTestConsole } from './console-fixture.ts';
import { frameOf, intentOf } from './frames-fixture.ts';
import { startReceiver } from './receiver-fixture.ts';

describe.skipIf(!needBrowser())('the notifications page in a browser', () => {
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  let served: TestConsole;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    receiver = await startReceiver();
    served = await startTestConsole({ channels: [receiver.hook()] });
    await served.want(intentOf('north/door'));
    await served.want(intentOf('north/yard'));
    browser = await openBrowser();
    page = await browser.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    await receiver?.close();
  });

  const told = () => receiver.received.map(({ body }) => JSON.parse(body).text);
  async function see(cameraId: string, at: number): Promise<void> {
    for (const seq of [at, at + 1]) {
      await served.capture(frameOf(seq, { cameraId }));
      await served.detect(frameOf(seq, { cameraId }));
    }
  }

  it('tries a channel, makes a rule, changes, silences and deletes it, and people are told by it', async () => {
    await page.goto(`${served.url}/notifications`);
    await page.getByRole('button', { name: 'Test' }).click();
    await page.getByText('A test went through hook.').waitFor();
    expect(told()).toEqual(['A test by local']);

    const form = page.locator('form');
    await form.getByLabel('Name').fill('Somebody at the door');
    await form.getByLabel('Cameras').selectOption('north/door');
    await form.getByLabel('hook').check();
    await form.getByRole('button', { name: 'Save rule' }).click();
    await page.getByText('When person is at north/door, tell hook.').waitFor();
    const nowSeq = Math.round(Date.now() / 100);
    await see('north/door', nowSeq);
    await expect.poll(told).toEqual(['A test by local', 'person at north/door']);

    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await form.getByRole('heading', { name: 'Change Somebody at the door' }).waitFor();
    await form.getByLabel('Name').fill('Somebody in the yard');
    await form.getByLabel('Cameras').selectOption('north/yard');
    await form.getByLabel('Then quiet for').fill('0');
    await form.getByRole('button', { name: 'Save rule' }).click();
    await page.getByText('When person is at north/yard, tell hook.').waitFor();
    await form.getByRole('heading', { name: 'New rule' }).waitFor();
    await see('north/yard', nowSeq);
    await expect.poll(() => told().at(-1)).toBe('person at north/yard');

    await page.getByRole('button', { name: 'Silence for 1 h' }).click();
    await page.getByText('Silenced until').waitFor();
    await page.getByRole('button', { name: 'Tell again' }).click();
    await page.getByText('Silenced until').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Somebody in the yard is deleted.').waitFor();
    await page.getByText('No rule yet').waitFor();
    expect(told()).toHaveLength(3);
  });
});
