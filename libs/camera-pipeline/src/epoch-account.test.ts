import type { EdgeFates } from '@framegate/contracts';
import { edgeFatesEvent } from '@framegate/contracts';
import { edgeBalance } from '@framegate/frame-ledger';
import { expect, it } from 'vitest';
import { createEpochAccount } from './epoch-account.ts';
import { createSiteAccounts } from './site-accounts.ts';

const told = (messages: { headers: Record<string, string>; body: Uint8Array }[]): Partial<EdgeFates>[] =>
  messages.map((message) => edgeFatesEvent.decode(message));

it('the books of an epoch balance whichever way a frame goes, and tell each change once', () => {
  const counted: string[] = [];
  const account = createEpochAccount({ cameraId: 's/a', epoch: 1 }, (fate, frames) =>
    counted.push(`${fate} ${frames}`),
  );
  account.ledger.captured(7);
  account.ended([[1, 2, 'stopped']]);
  for (let i = 0; i < 4; i++) account.ledger.encoding();
  account.encodedEnded(3, 'published', 100);
  for (const seq of [4, 5]) account.spooled(seq);
  account.ledger.holding(1);
  expect(account.counts()).toMatchObject({ captured: 7, spooled: 2, encoding: 1, held: 1 });
  expect(edgeBalance(account.counts())).toBe(0);
  expect(told(account.untold(0, false))).toEqual([
    expect.objectContaining({ record: 1, runs: [[1, 2, 'stopped'], [3, 3, 'published']], spooled: [[4, 5]] }), // prettier-ignore
  ]);
  account.spooledEnded(4, 'backfilled', 50);
  account.spooledEnded(5, 'discarded:spoolFull');
  expect(edgeBalance(account.counts())).toBe(0);
  expect(account.publishedBytes()).toBe(150);
  expect(told(account.untold(0, true))).toEqual([
    expect.objectContaining({ record: 2, final: true, runs: [[4, 4, 'backfilled'], [5, 5, 'discarded:spoolFull']] }), // prettier-ignore
  ]);
  expect(account.untold(0, false)).toEqual([]);
  expect(counted).toEqual(['stopped 2', 'published 1', 'backfilled 1', 'discarded:spoolFull 1']);
});

it('frames of an earlier process have books of their own, whose records are numbered apart', () => {
  const accounts = createSiteAccounts(1_700_000_000e6, () => {});
  accounts.open('s/a', 1_700_000_000);
  for (const seq of [8, 9]) accounts.of({ cameraId: 's/a', epoch: 5 }).found(seq);
  const [earlier, none] = accounts.earlier();
  expect([earlier, none]).toMatchObject([{ epoch: 5, counts: { captured: 2, spooled: 2 } }, undefined]);
  const records = [...accounts.all()].flatMap((account) => told(account.untold(0, false)));
  expect(records).toEqual([expect.objectContaining({ epoch: 5, spooled: [[8, 9]], runs: [] })]);
  expect(records[0]?.record).toBeGreaterThan(1e12);
});
