import type { CloudCounts, OutcomeName } from '@framegate/contracts';

/** Counts the messages that one cloud reader was given. Each received frame has one outcome in the end. */
export interface CloudLedger {
  delivered(): void;
  duplicate(): void;
  quarantined(): void;
  received(): void;
  ended(outcome: OutcomeName): void;
  /** A received frame goes back to the bus, as if it had not been delivered. */
  handedBack(): void;
  counts(): CloudCounts;
}

export function createCloudLedger(): CloudLedger {
  const counts = emptyCloudCounts();
  return {
    delivered: () => void (counts.delivered += 1),
    duplicate: () => void (counts.duplicates += 1),
    quarantined: () => void (counts.quarantined += 1),
    received: () => {
      counts.received += 1;
      counts.inFlight += 1;
    },
    ended: (outcome) => {
      counts[outcome] += 1;
      counts.inFlight -= 1;
    },
    handedBack: () => {
      counts.delivered -= 1;
      counts.received -= 1;
      counts.inFlight -= 1;
    },
    counts: () => ({ ...counts }),
  };
}

export function emptyCloudCounts(): CloudCounts {
  return {
    delivered: 0,
    duplicates: 0,
    quarantined: 0,
    received: 0,
    analysed: 0,
    superseded: 0,
    expired: 0,
    failed: 0,
    inFlight: 0,
  };
}

export function addCloudCounts(a: CloudCounts, b: CloudCounts): CloudCounts {
  return {
    delivered: a.delivered + b.delivered,
    duplicates: a.duplicates + b.duplicates,
    quarantined: a.quarantined + b.quarantined,
    received: a.received + b.received,
    analysed: a.analysed + b.analysed,
    superseded: a.superseded + b.superseded,
    expired: a.expired + b.expired,
    failed: a.failed + b.failed,
    inFlight: a.inFlight + b.inFlight,
  };
}

/** The two sums of the cloud's ledger: both 0 when it balances. */
export function cloudBalance(counts: CloudCounts): { delivered: number; received: number } {
  return {
    delivered: counts.delivered - (counts.duplicates + counts.quarantined + counts.received),
    received:
      counts.received -
      (counts.analysed + counts.superseded + counts.expired + counts.failed + counts.inFlight),
  };
}
