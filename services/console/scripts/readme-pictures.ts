/**
 * Takes the README's pictures of the console from a demo that runs, in Chromium, 1200 pixels wide. In two terminals, on a
 * machine that does nothing else:
 *
 *   npx -y pnpm@12 demo --disturb --site services/console/scripts/readme-site.yaml
 *   node services/console/scripts/readme-pictures.ts http://127.0.0.1:8480
 *
 * It waits until the promise is kept and, for its page, until both disturbances are over (about 90 s). The others look
 * best without `--disturb`, two minutes after the start: `--only live,camera,ledger,events`. Other pictures than all:
 * `--only live,camera,promise,ledger,events`; into another folder than docs/images: `--out FOLDER`.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from '@framegate/test-kit/browser';
import { openBrowser } from '@framegate/test-kit/browser';
import { eventually } from '@framegate/test-kit';

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly height: number;
  readonly colours: 'light' | 'dark';
  /** Resolves when there is something to see. */
  ready(page: Page): Promise<unknown>;
}

const patience = { timeoutMs: 300_000, everyMs: 200 };
const verdictOf = (page: Page) => page.locator('[data-verdict]').getAttribute('data-verdict');
const isKept = async (page: Page): Promise<boolean> =>
  ['kept', 'recovering'].includes((await verdictOf(page)) ?? '');
const hasBoxes = async (page: Page, camera: string): Promise<boolean> =>
  Number(await page.locator(`[data-camera="${camera}"]`).getAttribute('data-objects')) > 0;

const pictures: readonly Picture[] = [
  {
    name: 'live',
    path: '/live',
    height: 500,
    colours: 'light',
    ready: (page) =>
      eventually(
        async () =>
          (await hasBoxes(page, 'north/square')) &&
          (await hasBoxes(page, 'north/street')) &&
          (await isKept(page)),
        patience,
      ),
  },
  {
    name: 'camera',
    path: '/cameras/north/square',
    height: 800,
    colours: 'light',
    ready: (page) =>
      eventually(async () => (await hasBoxes(page, 'north/square')) && (await isKept(page)), patience),
  },
  {
    name: 'ledger',
    path: '/ledger',
    height: 600,
    colours: 'light',
    ready: (page) => page.locator('svg path').first().waitFor(),
  },
  {
    name: 'events',
    path: '/events',
    height: 660,
    colours: 'light',
    async ready(page) {
      await eventually(
        async () => {
          await page.getByRole('button', { name: 'Look again' }).click();
          return (await page.locator('article img').count()) >= 8;
        },
        { ...patience, everyMs: 1000 },
      );
      await eventually(() => isKept(page), patience);
    },
  },
  {
    name: 'promise',
    path: '/promise',
    height: 1000,
    colours: 'dark',
    async ready(page) {
      // The link is narrowed last: what came of it is known when it is wide again.
      const decided = page.locator('li:is([data-cause="uplink"], [data-cause="broker"])').first();
      await decided.filter({ hasNotText: /watching|so far/ }).waitFor({ timeout: patience.timeoutMs });
      await eventually(() => isKept(page), patience);
    },
  },
];

async function take(browser: Browser, url: string, folder: string, picture: Picture): Promise<void> {
  const { name, path, height, colours } = picture;
  const page = await browser.newPage({ viewport: { width: 1200, height }, colorScheme: colours });
  await page.goto(url + path);
  await page.locator('[data-verdict]').waitFor();
  await picture.ready(page);
  const file = join(folder, `console-${name}.jpg`);
  await page.screenshot({ path: file, type: 'jpeg', quality: 88 });
  await page.close();
  process.stdout.write(`${file}\n`);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: pictures.map(({ name }) => name).join() },
    out: { type: 'string', default: join(import.meta.dirname, '../../../docs/images') },
  },
});
const only = values.only.split(',');
const browser = await openBrowser();
try {
  for (const picture of pictures.filter(({ name }) => only.includes(name)))
    await take(browser, positionals[0] ?? 'http://127.0.0.1:8480', values.out, picture);
} finally {
  await browser.close();
}
