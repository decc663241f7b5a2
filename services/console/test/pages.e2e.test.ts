import type { Browser, Page } from '@framegate/test-kit/browser';
import { needBrowser, openBrowser } from '@framegate/test-kit/browser';
import { eventually } from '@framegate/test-kit';
import { InProcessBus } from '@framegate/message-bus';
import axeCore from 'axe-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { guardedAccess } from '../src/access/guarded-access.ts';
import { createSessions } from '../src/access/sessions.ts';
import { createToken, parseTokens } from '../src/access/token-list.ts';
import type { TestConsole } from './console-fixture.ts';
import { startTestConsole } from './console-fixture.ts';
import { frameOf, intentOf } from './frames-fixture.ts';
import { greyJpeg } from './jpeg-fixture.ts';

/** What it evaluates to can't leave the page. */
const axe = `${axeCore.source}; undefined`;
let browser: Browser;
let bus: InProcessBus;
let served: TestConsole;
let page: Page;

describe.skipIf(!needBrowser())('the pages of the console, in a browser,', () => {
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    bus = new InProcessBus();
    served = await startTestConsole({ bus });
    await served.want(intentOf('north/door', { zones: [{ name: 'entry', polygon: [[0, 0], [0.5, 0], [0.5, 0.5]] }] })); // prettier-ignore
    page = await browser.newPage();
  });
  afterEach(async () => {
    await page.close();
    await served.close();
    await bus.close();
  });

  /** One frame a call, each a little later, with a person in it. */
  let seq = 0;
  async function show(): Promise<void> {
    seq += 1;
    const frame = frameOf(seq, { capturedAtUs: Date.now() * 1000, jpeg: greyJpeg.slice() });
    await served.capture(frame);
    await served.detect(frame);
  }
  const camera = () => page.locator('[data-camera="north/door"]');
  const read = async () => (await fetch(`${served.url}/v1/cameras/north/door`)).json().then(Object);

  it('show boxes as soon as a picture has them', async () => {
    await page.goto(served.url);
    await camera().waitFor();
    await eventually(async () => {
      await show();
      return (await camera().getAttribute('data-objects')) === '1';
    });
    expect(await camera().getAttribute('aria-label')).toContain('1 person');
  });

  it.each(['light', 'dark'] as const)(
    'have nothing serious for axe to find, in %s colours',
    async (colorScheme) => {
      await page.close();
      page = await browser.newPage({ colorScheme });
      await served.want(intentOf('north/yard', { objectiveMs: 2000 }));
      for (let i = 0; i < 3; i++) await show();
      for (const path of [
        '/live',
        '/cameras/north/door',
        '/promise',
        '/ledger',
        '/events',
        '/notifications',
        '/api',
        '/audit',
      ]) {
        await page.goto(served.url + path);
        await page.locator('h1').first().waitFor();
        await page.locator('[data-verdict]').waitFor();
        // Not by a script tag: the policy of the page lets in none but its own.
        await page.evaluate(axe);
        const found = await page.evaluate<{ id: string; impact: string; nodes: { html: string }[] }[]>(
          `axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => ({ html })) })))`,
        );
        const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(serious, `${path} in ${colorScheme}`).toEqual([]);
      }
    },
  );

  it('fit a phone: nothing is wider than its screen', async () => {
    await page.close();
    page = await browser.newPage({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });
    await served.want(intentOf('north/yard', { objectiveMs: 2000 }));
    for (let i = 0; i < 3; i++) await show();
    for (const path of ['/live', '/cameras/north/door', '/promise', '/ledger', '/events', '/notifications']) {
      await page.goto(served.url + path);
      await page.locator('h1').first().waitFor();
      await page.locator('[data-verdict]').waitFor();
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(width, path).toBeLessThanOrEqual(360);
      for (const link of await page.getByRole('navigation').getByRole('link').all()) {
        const { x, width: wide } = (await link.boundingBox()) ?? { x: NaN, width: NaN };
        expect(Math.min(x, 360 - x - wide), `${await link.textContent()} on ${path}`).toBeGreaterThanOrEqual(
          0,
        );
      }
    }
  });

  it('judge cameras of different objectives each by its own, and show one objective when it is chosen', async () => {
    await served.want(intentOf('north/yard', { objectiveMs: 2000 }));
    await page.goto(`${served.url}/promise`);
    const chart = page.getByRole('img', { name: /Capture to detection/ });
    await eventually(async () => {
      await show();
      return (await chart.count()) === 1;
    });
    expect(await chart.getAttribute('aria-label')).toContain("its own camera's objective");
    const objective = page.getByRole('combobox', { name: 'Objective' });
    expect(await objective.locator('option').allTextContents()).toEqual([
      'All cameras, each by its own',
      '95 % within 500 ms (1 camera)',
      '95 % within 2000 ms (1 camera)',
    ]);
    await objective.selectOption('500 ms');
    await eventually(async () => (await chart.getAttribute('aria-label'))?.includes('against the objective'));
    await page.getByText('95 % of the results within 500 ms of the capture.').waitFor();
    await objective.selectOption('2000 ms');
    await page.getByText('Nothing moves').waitFor();
  });

  it('let somebody try the API', async () => {
    await page.goto(`${served.url}/api`);
    const operation = page.locator('details').filter({ hasText: 'Where every frame went' });
    await operation.locator('summary').click();
    await operation.getByRole('button', { name: 'Send' }).click();
    await operation.getByText('200').waitFor();
    expect(await operation.getByLabel('Answer').textContent()).toContain('"balanced": true');
  });

  it('draw a mask with the mouse, and move a corner with the keyboard, and save both', async () => {
    await page.goto(`${served.url}/cameras/north/door`);
    await page.getByLabel('Kind of the new area').selectOption('motionMasks');
    await page.getByRole('button', { name: 'Draw it' }).click();
    const surface = page.getByRole('group', { name: /Drawing a motion mask/ });
    const { width = 0, height = 0 } = (await surface.boundingBox()) ?? {};
    for (const [x, y] of [
      [0.2, 0.2],
      [0.8, 0.2],
      [0.5, 0.8],
    ] as const)
      // prettier-ignore
      await surface.click({ position: { x: x * width, y: y * height } });
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Corner 1 of motion mask 1/ }).focus();
    await page.keyboard.press('Shift+ArrowRight');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved as revision 1').waitFor();
    const { intent } = await read();
    expect(intent.motionMasks[0].name).toBe('motion mask 1');
    const [[x], second, third] = intent.motionMasks[0].polygon;
    expect(x).toBeCloseTo(0.25, 1);
    expect([second, third].flat()).toEqual([0.8, 0.2, 0.5, 0.8].map((value) => expect.closeTo(value, 1)));
    expect(intent.zones).toHaveLength(1);
  });

  it('say that somebody else has saved, and keep what was changed here', async () => {
    await page.goto(`${served.url}/cameras/north/door`);
    await page.getByRole('slider').fill('80');
    const other = { revision: 0, objectiveMs: 300 };
    await fetch(`${served.url}/v1/cameras/north/door`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(other),
    });
    await page.getByText('Somebody else has saved').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Changed by somebody else').waitFor();
    expect(await page.getByRole('slider').inputValue()).toBe('80');
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await page.getByText('Revision 1', { exact: true }).waitFor();
  });

  it('say that they reconnect when the console restarts, and go on by themselves when it is back', async () => {
    await page.goto(served.url);
    await camera().waitFor();
    const { port } = new URL(served.url);
    await served.close();
    await page.getByText('Reconnecting').waitFor();
    served = await startTestConsole({ bus, port: Number(port) });
    await page.getByText('Reconnecting').waitFor({ state: 'detached' });
    await eventually(async () => {
      await show();
      return (await camera().getAttribute('data-objects')) === '1';
    });
    expect(await page.getByText('Reconnecting').count()).toBe(0);
  });

  it('ask a stranger to sign in, and let a viewer change nothing', async () => {
    await served.close();
    const viewer = createToken('vera', 'viewer');
    const sessions = createSessions('a secret of at least 32 characters');
    served = await startTestConsole({
      bus,
      access: guardedAccess({ tokens: parseTokens(viewer.line), oidc: undefined, sessions }),
    });
    await page.goto(`${served.url}/cameras/north/door`);
    await page.getByLabel('Token').fill('fgt_nothing');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('there is no such token').waitFor();
    await page.getByLabel('Token').fill(viewer.token);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('You look as a viewer').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    expect(await page.getByRole('slider').isDisabled()).toBe(true);
    const status = await page.evaluate<number>(
      `fetch('/v1/cameras/north/door', { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: '{"revision":0,"objectiveMs":300}' }).then((reply) => reply.status)`,
    );
    expect(status).toBe(403);
    expect(await page.evaluate<string>('document.cookie')).toBe('');
  });
});
