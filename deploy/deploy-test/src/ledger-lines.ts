import type { auditTopics } from '@framegate/run-observer';
import type { Transcript } from './transcript.ts';

type Audit = Awaited<ReturnType<typeof auditTopics>>;

/** Tells the ledger. @throws Error when a frame was lost, doubled or has no fate */
export async function reportLedger(audit: Audit, transcript: Transcript): Promise<void> {
  const { edge, bus, cloud, unknownAtCrash, lost, doubled, complaints } = audit;
  const discarded = Object.values(edge.discarded).reduce((sum, count) => sum + count, 0);
  transcript.figure(
    'ledger, edge',
    `captured ${edge.captured} = stopped ${edge.stopped} + sampled out ${edge.sampledOut} + published ${edge.published} + backfilled ${edge.backfilled} + discarded ${discarded} + unknown at a crash ${unknownAtCrash}`,
  );
  transcript.figure(
    'ledger, cloud',
    `received ${cloud.received} = analysed ${cloud.analysed} + superseded ${cloud.superseded} + expired ${cloud.expired} + failed ${cloud.failed}; still on the bus ${bus.onBus}`,
  );
  transcript.figure('frames lost', String(lost));
  transcript.figure('frames doubled', String(doubled));
  if (complaints.length > 0)
    throw new Error(`the ledger does not balance: ${complaints.slice(0, 5).join('; ')}`);
  transcript.step('the ledger balances: every frame has one fate');
}
