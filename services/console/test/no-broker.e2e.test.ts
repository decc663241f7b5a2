import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cameraIntentEvent, cloudTopics, topicNames } from '@framegate/contracts';
import type { TestBroker } from '@framegate/kafka-local';
import { startTestBroker, whyNoTestBroker } from '@framegate/kafka-local';
import { createKafkaBus } from '@framegate/message-bus-kafka';
import { eventually, need } from '@framegate/test-kit';
import type { Browser } from '@framegate/test-kit/browser';
import { needBrowser, openBrowser } from '@framegate/test-kit/browser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConsoleProcess } from './console-process-fixture.ts';
import { intentOf } from './frames-fixture.ts';
import { startReceiver } from './receiver-fixture.ts';
import { makeRule, silenceRule } from './rules-fixture.ts';

const ready = [
  need('a Kafka broker', () => whyNoTestBroker() === undefined, 'install Java 17 and Maven'),
  needBrowser(),
].every(Boolean);
const patience = { timeoutMs: 90_000, everyMs: 200 };

describe.skipIf(!ready)('a console that is started while its broker is away', () => {
  let folder: string;
  let broker: TestBroker;
  let browser: Browser;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  let child: ChildProcess;
  let url: string;

  const start = async (): Promise<void> => {
    const channels = join(folder, 'channels.json');
    const hook = { kind: 'webhook', name: 'hook', url: receiver.url, secret: 'of-at-least-16-chars' };
    writeFileSync(channels, JSON.stringify([hook]));
    const environment = {
      KAFKA_BROKERS: broker.brokers.join(','),
      FRAMEGATE_HISTORY: join(folder, 'history.db'),
      FRAMEGATE_CHANNELS_FILE: channels,
    };
    ({ child, url } = await startConsoleProcess(environment, patience));
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'framegate-console-'));
    receiver = await startReceiver();
    browser = await openBrowser();
    broker = await startTestBroker();
    await broker.kill();
    await start();
  }, 180_000);
  afterAll(async () => {
    child?.kill('SIGKILL');
    await browser?.close();
    await broker?.stop();
    await receiver?.close();
    rmSync(folder, { recursive: true });
  });

  it(
    'shows its pages and says so there, tells people, and goes on by itself when the broker is there',
    { timeout: 300_000 },
    async () => {
      const page = await browser.newPage();
      await page.goto(url);
      await page.getByText('no broker has answered since this console began').waitFor();
      await makeRule(url, { ...silenceRule, silentSeconds: 10 });
      await eventually(() => receiver.received.length > 0, patience);
      expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ kind: 'cut-off' });

      await broker.restart();
      await page.getByText('no broker').waitFor({ state: 'detached', timeout: patience.timeoutMs });
      const bus = createKafkaBus({ brokers: broker.brokers, clientId: 'test' });
      await bus.ensureTopics(cloudTopics(1));
      const producer = await bus.producer();
      await producer.send(topicNames.cameraIntent, cameraIntentEvent.encode(intentOf('north/door')));
      await page.locator('[data-camera="north/door"]').waitFor({ timeout: patience.timeoutMs });
      await bus.close();
      child.kill('SIGTERM');
      expect(await once(child, 'exit')).toEqual([0, null]);
    },
  );

  it('ends at once when it is asked to, also while it waits', { timeout: 180_000 }, async () => {
    await broker.kill();
    await start();
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
