import type { Audit } from '@framegate/frame-ledger';
import { discarded } from '@framegate/frame-ledger';

const shownComplaints = 50;

/** An audit for a person: the ledger, and each complaint up to a screenful. */
export function auditLines({ edge, bus, cloud, unknownAtCrash, lost, doubled, complaints }: Audit): string[] {
  const more = complaints.length - shownComplaints;
  return [
    `edge   captured ${edge.captured} = stopped ${edge.stopped} + sampled out ${edge.sampledOut} + published ${edge.published} + backfilled ${edge.backfilled} + spooled ${edge.spooled} + discarded ${discarded(edge)} + unknown at a crash ${unknownAtCrash}`,
    `bus    on the bus ${bus.onBus}, expired on it ${bus.expiredOnBus}`,
    `cloud  received ${cloud.received} = analysed ${cloud.analysed} + superseded ${cloud.superseded} + expired ${cloud.expired} + failed ${cloud.failed}; quarantined ${cloud.quarantined}`,
    `lost ${lost}, doubled ${doubled}`,
    ...complaints.slice(0, shownComplaints),
    ...(more > 0 ? [`and ${more} complaints more (--json has all)`] : []),
    complaints.length === 0 ? 'every frame has one known fate' : `${complaints.length} complaints`,
  ];
}
