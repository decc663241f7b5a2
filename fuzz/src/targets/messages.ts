import * as contracts from '@framegate/contracts';
import { ContractError, decodeFrame } from '@framegate/contracts';
import { z } from 'zod';
import type { Random } from '../mutate.ts';
import { mutateBytes, mutateJson, oddText, pick } from '../mutate.ts';
import type { Target } from '../target.ts';
import { documentedMessages } from './documented-messages.ts';

interface Reader {
  readonly type: string;
  decode(message: { headers: Record<string, string>; body: Uint8Array }): unknown;
}

const readerSchema = z.custom<Reader>(
  (value) => typeof value === 'object' && value !== null && 'decode' in value && 'type' in value,
);
const readers = Object.values(contracts).flatMap((value) => readerSchema.safeParse(value).data ?? []);
const headersSchema = z.record(z.string(), z.string());

/** Headers and bodies of every message, each read by the reader of its type. */
export const messages: Target = {
  name: 'messages',
  share: 0.7,
  boundMs: 1000,
  async open() {
    const examples = documentedMessages();
    const byType = new Map(readers.map((reader) => [reader.type, reader]));
    const frame = { type: 'io.framegate.frame.v1', decode: decodeFrame };
    const readerOf = (type: string): Reader => byType.get(type) ?? frame;
    return {
      make(random) {
        const { type, headers, payload } = pick(random, examples);
        const text = Buffer.from(payload === undefined ? jpegStart : JSON.stringify(payload));
        const body =
          payload !== undefined && random() < 0.6
            ? Buffer.from(JSON.stringify(mutateJson(random, payload)))
            : random() < 0.3
              ? mutateBytes(random, text)
              : text;
        const changed = random() < 0.6 ? mutateHeaders(random, headers) : headers;
        return [Buffer.from(type), Buffer.from(JSON.stringify(changed)), body];
      },
      async run([type, headers, body]) {
        const reader = readerOf(Buffer.from(type ?? []).toString());
        try {
          const parsed = headersSchema.parse(JSON.parse(Buffer.from(headers ?? []).toString()));
          reader.decode({ headers: parsed, body: body ?? new Uint8Array() });
          return 'taken';
        } catch (error) {
          if (error instanceof ContractError) return 'refused';
          throw error;
        }
      },
      async close() {},
    };
  },
};

const jpegStart = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);

function mutateHeaders(random: Random, headers: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(headers);
  const at = Math.floor(random() * entries.length);
  const [key = '', value = ''] = entries[at] ?? [];
  const changed =
    random() < 0.5 ? oddText(random) : Buffer.from(mutateBytes(random, Buffer.from(value))).toString();
  return Object.fromEntries(random() < 0.2 ? entries.toSpliced(at, 1) : entries.with(at, [key, changed]));
}
