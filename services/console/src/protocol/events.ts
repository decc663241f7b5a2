import type { AuditEntry, FoundAppearance, Page } from '@framegate/history-store';

/** What `/v1/events` tells. */
export type EventsPage = Page<FoundAppearance>;

/** What `/v1/audit` tells. */
export type AuditPage = Page<AuditEntry>;
