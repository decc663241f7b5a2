import type { CloudCounts, EdgeCounts } from '@framegate/contracts';
import type { Audit } from '@framegate/frame-ledger';

/** What an audit found that an earlier one of the same topics had not. */
export function auditSince(before: Audit, after: Audit): Audit {
  const known = new Set(before.complaints);
  const unknown = new Set(before.unknownFrames.map(({ epoch }) => epoch));
  return {
    edge: edgeSince(before.edge, after.edge),
    bus: {
      onBus: after.bus.onBus - before.bus.onBus,
      expiredOnBus: after.bus.expiredOnBus - before.bus.expiredOnBus,
    },
    cloud: cloudSince(before.cloud, after.cloud),
    unknownAtCrash: after.unknownAtCrash - before.unknownAtCrash,
    unknownFrames: after.unknownFrames.filter(({ epoch }) => !unknown.has(epoch)),
    lost: after.lost - before.lost,
    doubled: after.doubled - before.doubled,
    complaints: after.complaints.filter((complaint) => !known.has(complaint)),
  };
}

/** Frames that are still spooled are so whenever they were captured. */
function edgeSince(before: EdgeCounts, after: EdgeCounts): EdgeCounts {
  const discarded = Object.entries(after.discarded).map(
    ([reason, frames]) => [reason, frames - (before.discarded[reason] ?? 0)] as const,
  );
  return {
    captured: after.captured - before.captured,
    stopped: after.stopped - before.stopped,
    sampledOut: after.sampledOut - before.sampledOut,
    published: after.published - before.published,
    backfilled: after.backfilled - before.backfilled,
    spooled: after.spooled,
    held: after.held,
    encoding: after.encoding,
    discarded: Object.fromEntries(discarded),
  };
}

function cloudSince(before: CloudCounts, after: CloudCounts): CloudCounts {
  return {
    delivered: after.delivered - before.delivered,
    duplicates: after.duplicates - before.duplicates,
    quarantined: after.quarantined - before.quarantined,
    received: after.received - before.received,
    analysed: after.analysed - before.analysed,
    superseded: after.superseded - before.superseded,
    expired: after.expired - before.expired,
    failed: after.failed - before.failed,
    inFlight: after.inFlight,
  };
}
