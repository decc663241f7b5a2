export type { Audit, Auditor } from './audit.ts';
export { createAuditor } from './audit.ts';
export type { CloudLedger } from './cloud-ledger.ts';
export { addCloudCounts, cloudBalance, createCloudLedger, emptyCloudCounts } from './cloud-ledger.ts';
export type { EdgeLedger } from './edge-ledger.ts';
export { addEdgeCounts, createEdgeLedger, discarded, edgeBalance, emptyEdgeCounts } from './edge-ledger.ts';
export { createFateRuns } from './fate-runs.ts';
export { createSeenFrames } from './seen-frames.ts';
