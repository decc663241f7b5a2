import {
  addCloudCounts,
  addEdgeCounts,
  cloudBalance,
  edgeBalance,
  emptyCloudCounts,
  emptyEdgeCounts,
} from '@framegate/frame-ledger';
import type { AnalysedRecording } from './analyse-recording.ts';

type Counts = Pick<AnalysedRecording, 'edge' | 'cloud'>;

/** Where the frames of all recordings went, in the shape of every report's ledger. Nothing is on a bus here. */
export interface AnalysisLedger extends Counts {
  readonly bus: { readonly onBus: number; readonly expiredOnBus: 0 };
  readonly unknownAtCrash: 0;
  readonly balanced: boolean;
}

export function analysisLedger(recordings: readonly Counts[]): AnalysisLedger {
  const edge = recordings.reduce((sum, each) => addEdgeCounts(sum, each.edge), emptyEdgeCounts());
  const cloud = recordings.reduce((sum, each) => addCloudCounts(sum, each.cloud), emptyCloudCounts());
  const onBus = edge.published - cloud.received;
  const sums = cloudBalance(cloud);
  const balanced = [edgeBalance(edge), onBus, sums.delivered, sums.received].every((sum) => sum === 0);
  return { edge, bus: { onBus, expiredOnBus: 0 }, cloud, unknownAtCrash: 0, balanced };
}
