export type SqlValue = string | number | null | Uint8Array;
export type Row = Record<string, unknown>;

/** Parameters are `$1`, `$2`, …; the text is what SQLite and PostgreSQL both understand. */
export interface Statement {
  readonly text: string;
  readonly params?: readonly SqlValue[];
}

/** A database that may go and come back. Everything rejects with a `HistoryStoreError`. */
export interface SqlConnection {
  readonly dialect: Dialect;
  read(statement: Statement): Promise<Row[]>;
  /** All in one transaction. @returns the rows of each statement */
  write(statements: readonly Statement[]): Promise<Row[][]>;
  /** Gives space back to the system, as far as that is cheap. */
  tidy(): Promise<void>;
  usedBytes(): Promise<number>;
  close(): Promise<void>;
}

/** Where the two differ. */
export interface Dialect {
  readonly blobType: string;
  readonly integerType: string;
  readonly realType: string;
  /** Begins a migration: of several processes one does it. */
  readonly lockMigrations: readonly Statement[];
}
