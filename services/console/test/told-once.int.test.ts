import type { HistoryStore } from '@framegate/history-store';
import { defaultRetention, openSqliteHistory } from '@framegate/history-store';
import { InProcessBus } from '@framegate/message-bus';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { TestConsole } from './console-fixture.ts';
import { startTestConsole } from './console-fixture.ts';
import { frameOf, intentOf } from './frames-fixture.ts';
import { startReceiver } from './receiver-fixture.ts';
import { appearanceRule, makeRule as makeRuleAt, silenceRule } from './rules-fixture.ts';

let bus: InProcessBus;
let past: HistoryStore;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let laterUs: number;
let consoles: TestConsole[];
const nowUs = (): number => Date.now() * 1000 + laterUs;
const until = { timeout: 15_000 };

beforeEach(async () => {
  bus = new InProcessBus();
  past = openSqliteHistory({ path: ':memory:' });
  receiver = await startReceiver();
  laterUs = 0;
  consoles = [];
});
const end = async (): Promise<void> => {
  await Promise.all(consoles.splice(0).map((one) => one.close()));
};
afterEach(async () => {
  bus.setAvailable(true);
  await end();
  await bus.close();
  await past.close();
  await receiver.close();
});

const start = () =>
  startTestConsole({
    bus,
    nowUs,
    past: { store: past, retention: defaultRetention, group: 'both' },
    channels: [receiver.hook()],
  });
const makeRule = (rule: object): Promise<string> => makeRuleAt(consoles[0]?.url, rule);
/** The other consoles read what one of them was told as soon as they are asked. */
const readRules = () => Promise.all(consoles.map(({ url }) => fetch(`${url}/v1/notifications`)));
const keys = (part: string): string[] =>
  receiver.received.map(({ key }) => key).filter((key) => key.includes(part));
const kept = async (document: string) => JSON.stringify((await past.readDocument(document))?.value ?? null);

describe('consoles without a broker', () => {
  it('say once that they hear nobody, tell of no silent camera, and count silence anew afterwards', async () => {
    consoles = [await start(), await start()];
    await consoles[0]?.want(intentOf('north/gate'));
    await makeRule(silenceRule);
    await makeRule({ ...silenceRule, name: 'Silent for whom else' });
    await readRules();
    await expect.poll(() => kept('quiet-cameras'), until).toContain('north/gate');

    bus.setAvailable(false);
    await expect.poll(() => kept('cut-off'), until).not.toBe('null');
    laterUs += 61e6;
    await expect.poll(() => keys('cut-off.'), until).toHaveLength(1);
    const other = await makeRule({ ...silenceRule, name: 'Younger', silentSeconds: 10 });
    await readRules();
    const before = await kept('cut-off');
    // Both have looked again, and the younger rule's channel was told by the others.
    await expect.poll(() => kept('cut-off'), until).not.toBe(before);
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
      kind: 'cut-off',
      cameraId: 'framegate/console',
    });

    const backUs = nowUs();
    bus.setAvailable(true);
    const quietSince = z.object({ 'north/gate': z.object({ sinceUs: z.number() }) });
    await expect
      .poll(
        async () =>
          quietSince.safeParse(JSON.parse(await kept('quiet-cameras'))).data?.['north/gate'].sinceUs,
        until,
      )
      .toBeGreaterThanOrEqual(backUs);
    expect(receiver.received).toHaveLength(1);
    laterUs += 11e6;
    await expect.poll(() => keys(`${other}.north.gate`), until).toHaveLength(1);
    expect(receiver.received).toHaveLength(2);
    laterUs += 50e6;
    await expect.poll(() => keys('north.gate'), until).toHaveLength(3);
  });
});

describe('a cool-down', () => {
  const see = async (epoch: number): Promise<void> => {
    const now = Math.round(nowUs() / 100_000);
    for (const seq of [now, now + 1]) {
      const frame = frameOf(seq, { cameraId: 'north/gate', epoch });
      await consoles[0]?.detect(frame);
    }
  };

  it('goes on when the console starts again, for as long as its rule says', async () => {
    consoles = [await start()];
    await consoles[0]?.want(intentOf('north/gate'));
    const id = await makeRule({ ...appearanceRule, coolDownSeconds: 600 });
    await see(1);
    await expect.poll(() => keys(id), until).toHaveLength(1);
    await end();

    consoles = [await start()];
    const always = await makeRule(appearanceRule);
    laterUs += 60e6;
    await see(2);
    await expect.poll(() => keys(always), until).toHaveLength(1);
    expect(keys(id)).toHaveLength(1);
    laterUs += 541e6;
    await see(3);
    await expect.poll(() => keys(id), until).toHaveLength(2);
  });
});
