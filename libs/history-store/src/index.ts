export type { HistoryStoreErrorCode } from './history-store-error.ts';
export { HistoryStoreError } from './history-store-error.ts';
export type {
  Appearance,
  AppearanceBox,
  AppearanceQuery,
  AuditEntry,
  AuditQuery,
  DecisionOutcome,
  Document,
  EraseRange,
  FoundAppearance,
  HistoryBatch,
  HistoryStore,
  Hold,
  KeptDecision,
  MaintenanceReport,
  MessageQueue,
  Page,
  QueuedMessage,
  RetentionPolicy,
  Sample,
  SeriesPoint,
  SeriesQuery,
  Thumbnail,
  TimeQuery,
} from './port.ts';
export { defaultRetention, maxAppearanceUs, maxThumbnailBytes } from './port.ts';
export type { PostgresHistoryOptions } from './postgres/open-postgres-history.ts';
export { openPostgresHistory } from './postgres/open-postgres-history.ts';
export type { SqliteHistoryOptions } from './sqlite/open-sqlite-history.ts';
export { openSqliteHistory } from './sqlite/open-sqlite-history.ts';
export type { Summary } from './summary.ts';
export { addSummaries, summarize, summaryQuantile } from './summary.ts';
