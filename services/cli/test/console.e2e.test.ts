import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from '@framegate/test-kit';
import { needBrowser, openBrowser } from '@framegate/test-kit/browser';
import { expect, it } from 'vitest';

const main = join(import.meta.dirname, '..', 'src', 'main.ts');
const patience = { timeoutMs: 120_000, everyMs: 250 };

it.skipIf(!needBrowser())(
  'a browser watches the demo: boxes, a promise that breaks, is explained and kept again, and a mask that silences motion',
  { timeout: 400_000 },
  async () => {
    const source = 'scene:plaza?size=960x540&fps=2';
    const demo = spawn(process.execPath, [main, 'demo', '--source', source, '--disturb', '--port', '0']);
    let output = '';
    demo.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const browser = await openBrowser();
    try {
      const url = await eventually(() => /console: (\S+)/.exec(output)?.[1], patience);
      const page = await browser.newPage();
      await page.goto(url);
      const camera = page.locator('[data-camera="demo/camera"]');
      await eventually(async () => Number(await camera.getAttribute('data-objects')) > 0, patience);

      await page.goto(`${url}/promise`);
      const verdict = () => page.locator('[data-verdict]').getAttribute('data-verdict');
      await eventually(async () => ['in-danger', 'violated'].includes((await verdict()) ?? ''), patience);
      const decision = page.locator('li[data-cause]').first();
      await decision.waitFor({ timeout: patience.timeoutMs });
      expect(await decision.getAttribute('data-lever')).not.toBe('');
      expect(await decision.innerText()).toMatch(/Cause[\s\S]*Lever[\s\S]*Came of it/);
      await eventually(async () => ['kept', 'recovering'].includes((await verdict()) ?? ''), patience);

      await page.goto(`${url}/cameras/demo/camera`);
      await page.getByLabel('Kind of the new area').selectOption('motionMasks');
      await page.getByRole('button', { name: 'Draw it' }).click();
      const surface = page.getByRole('group', { name: /Drawing a motion mask/ });
      const { width = 0, height = 0 } = (await surface.boundingBox()) ?? {};
      for (const [x, y] of [
        [8, 8],
        [width - 8, 8],
        [width - 8, height - 8],
        [8, height - 8],
      ] as const)
        // prettier-ignore
        await surface.click({ position: { x, y } });
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved as revision 1').waitFor();
      await eventually(async () => {
        const reply = await fetch(`${url}/v1/cameras`);
        const { cameras } = await reply.json().then(Object);
        const [now] = cameras;
        // A frame each ten seconds still leaves, so that silence is never mistaken for death.
        return now && now.capturedPerSecond > 0 && now.publishedPerSecond < 0.5;
      }, patience);
    } finally {
      await browser.close();
      demo.kill('SIGINT');
      await once(demo, 'close');
    }
  },
);
