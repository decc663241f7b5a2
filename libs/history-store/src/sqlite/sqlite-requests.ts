import type { Row, Statement } from '../sql/connection.ts';

/** What the connection asks of its thread. Nothing else passes between them. */
export type SqliteCall =
  | { readonly kind: 'read' | 'write'; readonly statements: readonly Statement[] }
  | { readonly kind: 'tidy' | 'usedBytes' | 'close' };

export interface SqliteRequest {
  readonly id: number;
  readonly call: SqliteCall;
}

export type SqliteReply =
  | { readonly id: number; readonly rows: Row[][] }
  /** `sqliteCode`: SQLite's extended result code; undefined where the failure is not SQLite's. */
  | { readonly id: number; readonly message: string; readonly sqliteCode: number | undefined };

export interface SqliteSettings {
  readonly path: string;
  /** How long a call waits while another process holds the database. */
  readonly lockTimeoutMs: number;
}
