import type { AnalysisLedger } from './analysis-ledger.ts';
import type { FrameLog } from './frame-log.ts';

export interface Results {
  /** One for each input, in the order given. */
  readonly logs: readonly Pick<FrameLog, 'frames' | 'lines'>[];
  readonly model: { readonly id: string; readonly sha256: string; readonly classNames: readonly string[] };
  readonly ledger: AnalysisLedger;
}
