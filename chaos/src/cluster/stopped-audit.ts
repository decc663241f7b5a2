import { setTimeout as delay } from 'node:timers/promises';
import type { Audit } from '@framegate/frame-ledger';
import type { MessageBus } from '@framegate/message-bus';
import { auditTopics } from '@framegate/run-observer';
import type { Scaler } from '@framegate/scaling';

const stopMs = 120_000;
const lookEveryMs = 1000;
/** What every frame may take to its outcome once its site has stopped, ms. */
const settleMs = 120_000;
/** Complaints that stay for so many readings of the topics are not of frames under way. */
const sameReadings = 5;

/**
 * Stops the edge for as long as it takes to audit the topics: only then is a frame without outcome lost and not under
 * way. Starts it again, whatever happens meanwhile.
 */
export async function stoppedAudit(bus: MessageBus, edge: Scaler): Promise<Audit> {
  const { wanted } = await edge.read();
  try {
    await edge.scale(0);
    const deadlineMs = performance.now() + stopMs;
    while ((await edge.read()).existing > 0) {
      if (performance.now() > deadlineMs) throw new Error(`the edge did not stop within ${stopMs / 1000} s`);
      await delay(lookEveryMs);
    }
    return await settledAudit(bus);
  } finally {
    await edge.scale(Math.max(1, wanted));
  }
}

async function settledAudit(bus: MessageBus): Promise<Audit> {
  const deadlineMs = performance.now() + settleMs;
  let same = 0;
  for (let last = Number.NaN; ;) {
    const audit = await auditTopics(bus, true);
    const complaints = audit.complaints.length;
    same = complaints === last ? same + 1 : 0;
    if (complaints === 0 || same >= sameReadings || performance.now() > deadlineMs) return audit;
    last = complaints;
    await delay(lookEveryMs);
  }
}
