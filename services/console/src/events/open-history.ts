import type { HistoryStore, RetentionPolicy } from '@framegate/history-store';
import { defaultRetention, openPostgresHistory, openSqliteHistory } from '@framegate/history-store';

/** @param where a file, or `postgres://…` */
export function openHistory(where: string): HistoryStore {
  return /^postgres(ql)?:\/\//.test(where)
    ? openPostgresHistory({ url: where })
    : openSqliteHistory({ path: where });
}

const daySeconds = 86_400;

export function retentionOf(config: {
  readonly historyDays: number;
  readonly thumbnailDays: number;
  readonly historyMaxMb: number;
}): RetentionPolicy {
  return {
    ...defaultRetention,
    appearancesSeconds: config.historyDays * daySeconds,
    thumbnailsSeconds: config.thumbnailDays * daySeconds,
    maxBytes: config.historyMaxMb * 1e6,
  };
}
