import type { Detection } from '@framegate/contracts';
import { detectionEvent, topicNames } from '@framegate/contracts';
import { eventually } from '@framegate/test-kit';
import type { Browser, Page } from '@framegate/test-kit/browser';
import { needBrowser, openBrowser } from '@framegate/test-kit/browser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestConsole } from './console-fixture.ts';
import { startTestConsole } from './console-fixture.ts';
import { detectionOf, frameOf, intentOf } from './frames-fixture.ts';
import { greyJpeg } from './jpeg-fixture.ts';

const patience = { timeoutMs: 60_000, everyMs: 100 };
type Colour = readonly [red: number, green: number, blue: number];
const zoneLine: Colour = [0x6e, 0xa8, 0xff];
const personLine: Colour = [0x4a, 0xde, 0x9c];
const motionLine: Colour = [0xff, 0xd8, 0x4d];

/** Of the picture. */
const grey = 128;

describe.skipIf(!needBrowser())('the canvas of a camera, in a browser,', () => {
  let browser: Browser;
  let page: Page;
  let served: TestConsole;
  beforeAll(async () => {
    served = await startTestConsole();
    await served.want(intentOf('north/door'));
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  const canvas = () => page.locator('[data-camera="north/door"] canvas');
  let seq = 0;
  /** A grey picture, 640x360 to those who look: a person left of the middle, motion in the lower right corner. */
  async function show(): Promise<void> {
    seq += 1;
    const frame = frameOf(seq, {
      capturedAtUs: Date.now() * 1000,
      jpeg: greyJpeg.slice(),
      regions: [[480, 270, 120, 60]],
    });
    await served.capture(frame);
    const found: Detection = {
      ...detectionOf(frame),
      objects: [{ box: [160, 90, 64, 180], className: 'person', score: 0.9, zones: [] }],
    };
    const producer = await served.bus.producer();
    await producer.send(topicNames.detections, detectionEvent.encode(found));
  }
  /** Pixels of the canvas around a place of the picture (shares of its width and height), across a line of it. */
  async function around(x: number, y: number): Promise<Colour[]> {
    const pixels = await page.evaluate<number[]>(`(() => {
      const canvas = document.querySelector('[data-camera="north/door"] canvas');
      const [left, top] = [Math.round(${x} * canvas.width) - 4, Math.round(${y} * canvas.height) - 4];
      return [...canvas.getContext('2d').getImageData(left, top, 9, 9).data];
    })()`);
    return Array.from({ length: pixels.length / 4 }, (_, i) => [
      pixels[4 * i] ?? 0,
      pixels[4 * i + 1] ?? 0,
      pixels[4 * i + 2] ?? 0,
    ]);
  }
  /** Whether a line of this colour is there; one that lies between two pixels has half of it in each. */
  async function has(colour: Colour, x: number, y: number): Promise<boolean> {
    return (await around(x, y)).some((pixel) => {
      const [way, gone] = [colour, pixel].map((of) => of.map((value) => value - grey));
      if (!way || !gone) return false;
      const dot = (a: readonly number[], b: readonly number[]) =>
        a.reduce((sum, v, i) => sum + v * (b[i] ?? 0), 0);
      const share = dot(way, gone) / dot(way, way);
      const beside = gone.map((value, i) => value - share * (way[i] ?? 0));
      return share > 0.3 && Math.hypot(...beside) < 40;
    });
  }
  /** More blue than red: a zone tints what is in it. */
  const tint = async (x: number, y: number): Promise<number> => {
    const [red, , blue] = (await around(x, y))[40] ?? [0, 0, 0];
    return blue - red;
  };

  it('shows a box and motion where they are, and nothing of them beside', async () => {
    await page.goto(served.url);
    await canvas().waitFor();
    await eventually(async () => {
      await show();
      return has(personLine, 160 / 640, 0.5);
    }, patience);
    for (const [x, y] of [
      [224 / 640, 0.5],
      [192 / 640, 270 / 360],
    ] as const)
      expect(await has(personLine, x, y)).toBe(true);
    expect(await has(motionLine, 540 / 640, 270 / 360)).toBe(true);
    expect(await has(motionLine, 480 / 640, 300 / 360)).toBe(true);
    for (const [x, y] of [
      [0.1, 0.5],
      [0.5, 0.5],
      [0.9, 0.2],
    ] as const) {
      expect(await has(personLine, x, y)).toBe(false);
      expect(await has(motionLine, x, y)).toBe(false);
      expect(Math.abs(await tint(x, y))).toBeLessThan(8);
    }
  });

  it('shows a zone that was drawn with the mouse at its place, in its colour', async () => {
    await page.goto(`${served.url}/cameras/north/door`);
    await page.getByLabel('Kind of the new area').selectOption('zones');
    await page.getByRole('button', { name: 'Draw it' }).click();
    const surface = page.getByRole('group', { name: /Drawing a zone/ });
    const { width = 0, height = 0 } = (await surface.boundingBox()) ?? {};
    for (const [x, y] of [
      [0.5, 0.2],
      [0.9, 0.2],
      [0.9, 0.6],
      [0.5, 0.6],
    ] as const)
      await surface.click({ position: { x: x * width, y: y * height } });
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved as revision 1').waitFor();
    await page.goto(served.url);
    await canvas().waitFor();
    await eventually(async () => {
      await show();
      return has(zoneLine, 0.7, 0.6);
    }, patience);
    for (const [x, y] of [
      [0.5, 0.4],
      [0.9, 0.4],
    ] as const)
      expect(await has(zoneLine, x, y)).toBe(true);
    expect(await tint(0.7, 0.4)).toBeGreaterThan(12);
    expect(Math.abs(await tint(0.3, 0.1))).toBeLessThan(8);
  });
});
