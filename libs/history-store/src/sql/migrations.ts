import { z } from 'zod';
import { HistoryStoreError } from '../history-store-error.ts';
import type { Dialect, SqlConnection, Statement } from './connection.ts';

type Migration = (dialect: Dialect) => readonly string[];

/**
 * Each is run in order, once or by several processes one after the other. What was published is never changed: add
 * another.
 */
const migrations: readonly Migration[] = [
  ({ blobType, integerType, realType }) => [
    `CREATE TABLE IF NOT EXISTS appearances (
      id TEXT PRIMARY KEY,
      camera_id TEXT NOT NULL,
      class_name TEXT NOT NULL,
      start_us ${integerType} NOT NULL,
      end_us ${integerType} NOT NULL,
      open INTEGER NOT NULL,
      detections INTEGER NOT NULL,
      best_score ${realType} NOT NULL,
      best_at_us ${integerType} NOT NULL,
      box TEXT NOT NULL,
      first_box TEXT NOT NULL,
      last_box TEXT NOT NULL,
      source_width INTEGER NOT NULL,
      source_height INTEGER NOT NULL,
      zones TEXT NOT NULL
    )`,
    // Covering what is searched for, so that a search for what is rare reads the index alone.
    `CREATE INDEX IF NOT EXISTS appearances_by_start
      ON appearances (start_us, id, end_us, best_score, class_name, camera_id)`,
    `CREATE INDEX IF NOT EXISTS appearances_by_camera
      ON appearances (camera_id, start_us, id, end_us, best_score, class_name)`,
    `CREATE INDEX IF NOT EXISTS appearances_by_class ON appearances (class_name, start_us, id, end_us, best_score)`,
    `CREATE INDEX IF NOT EXISTS open_appearances ON appearances (camera_id) WHERE open = 1`,
    `CREATE TABLE IF NOT EXISTS appearance_zones (
      zone TEXT NOT NULL,
      appearance_id TEXT NOT NULL REFERENCES appearances (id) ON DELETE CASCADE,
      start_us ${integerType} NOT NULL,
      PRIMARY KEY (zone, start_us, appearance_id)
    )`,
    `CREATE INDEX IF NOT EXISTS zones_of_appearance ON appearance_zones (appearance_id)`,
    `CREATE TABLE IF NOT EXISTS thumbnails (
      appearance_id TEXT PRIMARY KEY REFERENCES appearances (id) ON DELETE CASCADE,
      at_us ${integerType} NOT NULL,
      jpeg ${blobType} NOT NULL
    )`,
    `CREATE INDEX IF NOT EXISTS thumbnails_by_time ON thumbnails (at_us)`,
    `CREATE TABLE IF NOT EXISTS samples (
      step_us ${integerType} NOT NULL,
      series TEXT NOT NULL,
      subject TEXT NOT NULL,
      at_us ${integerType} NOT NULL,
      summary TEXT NOT NULL,
      PRIMARY KEY (step_us, series, at_us, subject)
    )`,
    `CREATE INDEX IF NOT EXISTS samples_by_time ON samples (step_us, at_us)`,
    `CREATE TABLE IF NOT EXISTS decisions (
      id TEXT PRIMARY KEY,
      at_us ${integerType} NOT NULL,
      record TEXT NOT NULL
    )`,
    `CREATE INDEX IF NOT EXISTS decisions_by_time ON decisions (at_us, id)`,
    `CREATE TABLE IF NOT EXISTS audit_log (
      id TEXT PRIMARY KEY,
      at_us ${integerType} NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      subject TEXT NOT NULL
    )`,
    `CREATE INDEX IF NOT EXISTS audit_log_by_time ON audit_log (at_us, id)`,
  ],
  ({ integerType }) => [
    `CREATE TABLE IF NOT EXISTS documents (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL,
      revision INTEGER NOT NULL
    )`,
    `CREATE TABLE IF NOT EXISTS erasures (
      camera_id TEXT NOT NULL,
      from_us ${integerType} NOT NULL,
      until_us ${integerType} NOT NULL,
      PRIMARY KEY (camera_id, from_us, until_us)
    )`,
  ],
  () => [
    `CREATE TABLE IF NOT EXISTS decision_outcomes (
      decision_id TEXT PRIMARY KEY REFERENCES decisions (id) ON DELETE CASCADE,
      outcome TEXT NOT NULL
    )`,
  ],
  ({ integerType }) => [
    `CREATE TABLE IF NOT EXISTS queue (
      id TEXT PRIMARY KEY,
      at_us ${integerType} NOT NULL,
      message TEXT NOT NULL,
      holder TEXT NOT NULL,
      held_until_us ${integerType} NOT NULL,
      settled INTEGER NOT NULL
    )`,
    `CREATE INDEX IF NOT EXISTS queue_by_time ON queue (at_us)`,
    `CREATE INDEX IF NOT EXISTS queue_in_line ON queue (held_until_us) WHERE settled = 0`,
  ],
];

/**
 * Brings a database to this version's schema, an empty one too.
 * @param upTo fewer, for a test that wants the database of an earlier version
 * @throws HistoryStoreError `NEWER_SCHEMA`
 */
export async function migrate(connection: SqlConnection, upTo = migrations.length): Promise<void> {
  const { dialect } = connection;
  await connection.write([
    ...dialect.lockMigrations,
    { text: 'CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER PRIMARY KEY)' },
  ]);
  const [row] = await connection.read({
    text: 'SELECT coalesce(max(version), 0) AS version FROM schema_versions',
  });
  const { version } = z.object({ version: z.int() }).parse(row);
  if (version > migrations.length) {
    throw new HistoryStoreError(
      'NEWER_SCHEMA',
      `the history has schema version ${version}, this program knows ${migrations.length}: run the newer program, or name another store`,
    );
  }
  for (const [i, migration] of migrations.slice(0, upTo).entries()) {
    if (i < version) continue;
    await connection.write([...dialect.lockMigrations, ...statements(migration, dialect), applied(i + 1)]);
  }
}

function statements(migration: Migration, dialect: Dialect): Statement[] {
  return migration(dialect).map((text) => ({ text }));
}

function applied(version: number): Statement {
  return {
    text: 'INSERT INTO schema_versions (version) VALUES ($1) ON CONFLICT DO NOTHING',
    params: [version],
  };
}
