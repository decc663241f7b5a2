import { siteAnnouncementEvent, topicNames } from '@framegate/contracts';
import type { HistoryStore } from '@framegate/history-store';
import { defaultRetention, openSqliteHistory } from '@framegate/history-store';
import { InProcessBus } from '@framegate/message-bus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestConsole } from './console-fixture.ts';
import { startTestConsole } from './console-fixture.ts';
import { intentOf } from './frames-fixture.ts';
import { startReceiver } from './receiver-fixture.ts';
import { makeRule as makeRuleAt, silenceRule } from './rules-fixture.ts';

const longUs = 3 * 86_400e6;

describe('a camera that was silent before any console began', () => {
  let bus: InProcessBus;
  let past: HistoryStore;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  let laterUs = 0;
  let consoles: TestConsole[] = [];
  const nowUs = (): number => Date.now() * 1000 + laterUs;

  beforeAll(async () => {
    bus = new InProcessBus();
    past = openSqliteHistory({ path: ':memory:' });
    receiver = await startReceiver();
  });
  const end = async (): Promise<void> => {
    await Promise.all(consoles.splice(0).map((one) => one.close()));
  };
  afterAll(async () => {
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
  const makeRule = (): Promise<string> => makeRuleAt(consoles[0]?.url, silenceRule);
  const toldOf = (id: string): string[] =>
    receiver.received.map(({ key }) => key).filter((key) => key.startsWith(id));
  const until = { timeout: 15_000 };

  it('is told once by two of them, and one that its site no more has is not', async () => {
    consoles = [await start()];
    for (const cameraId of ['north/gate', 'north/gone']) await consoles[0]?.want(intentOf(cameraId));
    const producer = await bus.producer();
    const announcement = {
      site: 'north',
      timezone: 'UTC',
      cameras: [{ cameraId: 'north/gate', source: 'rtsp://…' }],
      atUs: 1,
    };
    await producer.send(topicNames.sites, siteAnnouncementEvent.encode(announcement));
    // Both begin where a camera is known and silent.
    await end();
    consoles = [await start(), await start()];
    const id = await makeRule();
    const keptSilences = async () => JSON.stringify(await past.readDocument('quiet-cameras'));
    await expect.poll(keptSilences, until).toContain('north/gate');
    laterUs = 61e6;
    await expect.poll(() => toldOf(id), until).toHaveLength(1);
    // Another rule's word shows that both have looked again.
    const other = await makeRule();
    await expect.poll(() => toldOf(other), until).toHaveLength(1);
    await expect.poll(keptSilences, until).toContain(other);
    expect(toldOf(id)).toEqual([expect.stringContaining('north.gate')]);
    expect(JSON.stringify(receiver.received)).not.toContain('gone');
  });

  it('is not told again by the next one, days later', async () => {
    await end();
    const told = receiver.received.length;
    laterUs += longUs;
    await past.maintain(defaultRetention, nowUs());
    consoles = [await start()];
    laterUs += 20e6;
    const id = await makeRule();
    await expect.poll(() => toldOf(id), until).toHaveLength(1);
    expect(receiver.received).toHaveLength(told + 1);
  });
});
