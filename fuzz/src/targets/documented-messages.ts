import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Json } from '../mutate.ts';

const document = z.object({
  components: z.object({
    messages: z.record(
      z.string(),
      z.object({
        examples: z.array(
          z.object({
            name: z.string(),
            headers: z.record(z.string(), z.string()),
            payload: z.unknown().optional(),
          }),
        ),
      }),
    ),
  }),
});

export interface MessageExample {
  /** Its `ce_type`. */
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Json | undefined;
}

/** The examples of docs/asyncapi.yaml: every message that there is. */
export function documentedMessages(): MessageExample[] {
  const path = join(import.meta.dirname, '../../../docs/asyncapi.yaml');
  const { components } = document.parse(parse(readFileSync(path, 'utf8')));
  return Object.values(components.messages).flatMap(({ examples }) =>
    examples.map(({ name, headers, payload }) => ({
      type: name,
      headers,
      payload: payload === undefined ? undefined : z.json().parse(payload),
    })),
  );
}
