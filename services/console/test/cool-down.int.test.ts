import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Appearance, HistoryStore } from '@framegate/history-store';
import { openPostgresHistory, openSqliteHistory } from '@framegate/history-store';
import type { Channel } from '@framegate/notification';
import { ruleSchema } from '@framegate/notification';
import { createLogger, createMetrics } from '@framegate/service-kit';
import { findPostgres, need, startTestPostgres } from '@framegate/test-kit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createConsoleMetrics } from '../src/metrics.ts';
import type { Notifications } from '../src/notifications/notifications.ts';
import { startNotifications } from '../src/notifications/notifications.ts';
import { detectionOf, frameOf } from './frames-fixture.ts';
import { appearanceRule } from './rules-fixture.ts';

const until = { timeout: 15_000 };
const hasPostgres = need('PostgreSQL', () => findPostgres() !== undefined, 'apt-get install postgresql');

/** One history to which each notifier has a connection of its own. */
interface SharedHistory {
  open(): HistoryStore;
  end(): Promise<void>;
}

async function sharedSqlite(): Promise<SharedHistory> {
  const folder = mkdtempSync(join(tmpdir(), 'framegate-cool-down-'));
  return {
    open: () => openSqliteHistory({ path: join(folder, 'history.db') }),
    end: async () => rmSync(folder, { recursive: true }),
  };
}

async function sharedPostgres(): Promise<SharedHistory> {
  const postgres = await startTestPostgres();
  return { open: () => openPostgresHistory({ url: postgres.url() }), end: () => postgres.stop() };
}

describe.each([
  ['SQLite', sharedSqlite, true],
  ['PostgreSQL', sharedPostgres, hasPostgres],
] as const)('two notifiers over one history in %s', (_name, share, isHere) => {
  let shared: SharedHistory;
  let stores: HistoryStore[];
  let notifiers: Notifications[];
  let told: string[];
  let laterUs: number;
  const nowUs = (): number => Date.now() * 1000 + laterUs;

  describe.runIf(isHere)('as of two consoles', () => {
    beforeAll(async () => {
      shared = await share();
    });
    afterAll(() => shared.end());
    beforeEach(async () => {
      [told, laterUs] = [[], 0];
      stores = [shared.open(), shared.open()];
      notifiers = stores.map(start);
    });
    afterEach(async () => {
      await end();
      await Promise.all(stores.map((store) => store.close()));
    });

    function start(store: HistoryStore): Notifications {
      const hook: Channel = {
        name: 'hook',
        kind: 'webhook',
        address: '',
        deliver: async ({ id }) => void told.push(id),
        close: async () => {},
      };
      return startNotifications({
        channels: [hook],
        store,
        holder: randomUUID(),
        run: { onEdge: () => {} },
        isConnected: () => true,
        cameras: () => [],
        objectiveMsOf: () => 500,
        thumbnailOf: async () => undefined,
        nowUs,
        logger: createLogger({ name: 'test', level: 'silent' }),
        metrics: createConsoleMetrics(createMetrics({ processMetrics: false })).notifications,
      });
    }
    async function makeRule(coolDownSeconds: number): Promise<string> {
      const rule = ruleSchema.parse({ ...appearanceRule, coolDownSeconds });
      const { id } = (await notifiers[0]?.rules.create(rule)) ?? { id: '' };
      await notifiers[1]?.rules.read();
      return id;
    }
    /** Somebody else comes before the camera each time, and one of the notifiers is told of it. */
    function see(notifier: number, cameraId = 'north/gate'): string {
      const capturedAtUs = Math.round(nowUs());
      const detection = detectionOf(frameOf(1, { cameraId, capturedAtUs }));
      const appearance: Appearance = {
        id: randomUUID(),
        cameraId,
        className: 'person',
        startUs: capturedAtUs,
        endUs: capturedAtUs,
        open: true,
        detections: 1,
        bestScore: 0.9,
        bestAtUs: capturedAtUs,
        box: [1, 2, 3, 4],
        firstBox: [1, 2, 3, 4],
        lastBox: [1, 2, 3, 4],
        sourceWidth: 640,
        sourceHeight: 360,
        zones: [],
      };
      notifiers[notifier]?.changed({ kind: 'started', appearance, bestFrame: '1.1' }, detection);
      return appearance.id;
    }
    /** Resolves when all is told that was to be. */
    const end = async (): Promise<void> => {
      await Promise.all(notifiers.splice(0).map((one) => one.close()));
    };
    const keysOf = (id: string): string[] => told.filter((key) => key.startsWith(id));
    it('tell once of a camera while the rule cools down, whoever of them sees it, and of others at once', async () => {
      const rule = await makeRule(600);
      const first = [see(0), see(1)];
      await expect.poll(() => keysOf(rule), until).toHaveLength(1);
      expect(first.map((id) => `${rule}.${id}`)).toContain(keysOf(rule)[0]);
      laterUs += 500e6;
      const [, , elsewhere] = [see(1), see(0), see(1, 'north/door')];
      await expect.poll(() => keysOf(rule), until).toHaveLength(2);
      expect(keysOf(rule)[1]).toBe(`${rule}.${elsewhere}`);

      laterUs += 101e6;
      const later = see(1);
      await expect.poll(() => keysOf(rule), until).toHaveLength(3);
      see(0);
      await end();
      expect(keysOf(rule).slice(2)).toEqual([`${rule}.${later}`]);
    });
  });
});
