import { z } from 'zod';
import type { Document } from '../port.ts';
import type { Row, Statement } from './connection.ts';

const rowSchema = z.object({ value: z.string(), revision: z.int() });

export function documentOf(row: Row): Document {
  const { value, revision } = rowSchema.parse(row);
  return { value: JSON.parse(value), revision };
}

export function selectDocument(key: string): Statement {
  return { text: 'SELECT value, revision FROM documents WHERE key = $1', params: [key] };
}

export function writeDocuments(
  documents: readonly { readonly key: string; readonly value: unknown }[],
): Statement[] {
  return documents.map(({ key, value }) => saveDocument(key, value));
}

/** Gives back the new revision; no row when the document has another one than `ifRevision`. */
export function saveDocument(key: string, value: unknown, ifRevision?: number): Statement {
  const params = [key, JSON.stringify(value)];
  if (ifRevision === 0) {
    return {
      text: `INSERT INTO documents (key, value, revision) VALUES ($1, $2, 1)
        ON CONFLICT DO NOTHING RETURNING revision`,
      params,
    };
  }
  if (ifRevision !== undefined) {
    return {
      text: 'UPDATE documents SET value = $2, revision = revision + 1 WHERE key = $1 AND revision = $3 RETURNING revision',
      params: [...params, ifRevision],
    };
  }
  return {
    text: `INSERT INTO documents (key, value, revision) VALUES ($1, $2, 1)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value, revision = documents.revision + 1 RETURNING revision`,
    params,
  };
}
