import type { CloudCounts, EdgeCounts } from '@framegate/contracts';
import type { CloudLedger, EdgeLedger } from '@framegate/frame-ledger';
import { cloudBalance, edgeBalance } from '@framegate/frame-ledger';

/** Where all frames are, in the words of the real ledger. */
export interface SimulatedLedger {
  readonly edge: EdgeCounts;
  /** Stored and not received. */
  readonly onBus: number;
  readonly cloud: CloudCounts;
  /** Each sum is zero, and nothing is received that was not published. */
  readonly balanced: boolean;
}

export interface Ledgers {
  readonly edge: EdgeLedger;
  readonly cloud: CloudLedger;
}

export function ledgerOf(ledgers: Ledgers): SimulatedLedger {
  const edge = ledgers.edge.counts();
  const cloud = ledgers.cloud.counts();
  const onBus = edge.published - cloud.received;
  const sums = cloudBalance(cloud);
  const balanced = edgeBalance(edge) === 0 && sums.delivered === 0 && sums.received === 0 && onBus >= 0;
  return { edge, onBus, cloud, balanced };
}
