import { createMetrics } from '@framegate/service-kit';
import { eventually } from '@framegate/test-kit';
import type { Browser, Page } from '@framegate/test-kit/browser';
import { needBrowser, openBrowser } from '@framegate/test-kit/browser';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestConsole } from './console-fixture.ts';
import { startTestConsole } from './console-fixture.ts';
import { frameOf, intentOf } from './frames-fixture.ts';

const cameras = Array.from({ length: 50 }, (_, i) => `north/camera-${String(i + 1).padStart(2, '0')}`);
const patience = { timeoutMs: 60_000, everyMs: 50 };

describe.skipIf(!needBrowser())('fifty cameras on one page, in a browser,', () => {
  let browser: Browser;
  let page: Page;
  let served: TestConsole;
  let jpeg: Uint8Array;
  const metrics = createMetrics({ processMetrics: false });

  beforeAll(async () => {
    const [width, height] = [640, 360];
    // Of noise, as that makes large JPEGs.
    const noise = Buffer.from(Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919) % 251));
    jpeg = await sharp(noise, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 90 })
      .toBuffer();
    served = await startTestConsole({ metrics });
    for (const cameraId of cameras) await served.want(intentOf(cameraId));
    browser = await openBrowser();
    // High enough for all of them.
    page = await browser.newPage({ viewport: { width: 1600, height: 3000 } });
    await page.goto(served.url);
    await page.getByRole('button', { name: 'small' }).click();
    await page.locator('[data-camera]').nth(49).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  let seq = 0;
  /** Each camera has a newer picture, with as many persons in it as the rounds that were. */
  async function round(): Promise<number> {
    seq += 1;
    const capturedAtUs = Date.now() * 1000;
    for (const cameraId of cameras) {
      const frame = frameOf(seq, { cameraId, capturedAtUs, jpeg });
      await served.capture(frame);
      await served.detect(frame);
    }
    return capturedAtUs;
  }
  const figure = async (name: string): Promise<number> =>
    Number(new RegExp(`^framegate_console_${name} (\\S+)$`, 'm').exec(await metrics.registry.metrics())?.[1]);
  const drawn = () => page.locator('[data-camera][data-objects="1"]').count();

  it('are all shown', async () => {
    expect(jpeg.byteLength).toBeGreaterThan(100_000);
    await eventually(async () => {
      await round();
      return (await drawn()) === cameras.length;
    }, patience);
    expect(await figure('viewers')).toBe(1);
  });

  it('do not pile up for a browser that stands still: it gets the newest picture of each when it goes on', async () => {
    const sentBefore = await figure('pictures_sent_total');
    const skippedBefore = await figure('pictures_skipped_total');
    // As slow as a page can be: its scripts stand still until they are let go.
    const debug = await page.context().newCDPSession(page);
    await debug.send('Debugger.enable');
    const paused = new Promise((resolve) => debug.once('Debugger.paused', resolve));
    await debug.send('Debugger.pause');
    await paused;
    const rounds = 20;
    let lastUs = 0;
    for (let i = 0; i < rounds; i++) lastUs = await round();
    const offered = rounds * cameras.length;
    await expect
      .poll(() => figure('pictures_skipped_total'), { timeout: 30_000 })
      .toBeGreaterThan(skippedBefore + 4 * cameras.length);
    const sent = (await figure('pictures_sent_total')) - sentBefore;
    expect(sent).toBeLessThan(offered / 4);
    // What was offered is 100 times as much.
    expect(await figure('buffered_bytes')).toBeLessThan(2 * 1024 * 1024);
    await debug.send('Debugger.resume');
    await debug.detach();
    const ages = async () =>
      page
        .locator('[data-camera]')
        .evaluateAll((all) => all.map((one) => Number(one.dataset['capturedAtUs'])));
    await eventually(async () => (await ages()).every((capturedAtUs) => capturedAtUs === lastUs), patience);
    expect((await figure('pictures_sent_total')) - sentBefore).toBeLessThan(offered / 2);
  });
});
