import { BusError } from '../bus-error.ts';
import type { Delivery, OutgoingMessage, Producer } from '../port.ts';

/** Long enough for a consumer group to form on a busy machine; a test ends as soon as its condition holds. */
export const TIMEOUT_MS = 60_000;
export const PATIENT = { timeout: TIMEOUT_MS };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

export function message(text: string, { key = 'site/camera' } = {}): OutgoingMessage {
  return { key, headers: {}, body: encoder.encode(text) };
}

export function textOf({ body }: Pick<Delivery, 'body'>): string {
  return decoder.decode(body);
}

export async function sendAll(producer: Producer, topic: string, texts: readonly string[]): Promise<void> {
  await Promise.all(texts.map((text) => producer.send(topic, message(text))));
}

export function codeOf(error: unknown): string {
  return error instanceof BusError ? error.code : String(error);
}

export function ascending(left: bigint, right: bigint): number {
  return Number(left - right);
}
