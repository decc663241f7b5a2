/** The bytes are not what the protobuf wire format allows. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError';
}

export interface Field {
  readonly number: number;
  /** The payload of a length-delimited field, a number for a varint; other kinds are skipped. */
  readonly value: Uint8Array | number;
}

/**
 * The fields of one message in their order, without copying.
 * Source: "Encoding", the wire format of Protocol Buffers.
 * @throws ProtobufError where the bytes end too early or make no sense
 */
export function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    // Floats hold 53 bits exactly; ten bytes of 7 bits are the longest that the format has.
    for (let scale = 1, length = 0; length < 10; scale *= 128, length += 1) {
      const byte = bytes[at++];
      if (byte === undefined) throw new ProtobufError('ends within a number');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw new ProtobufError('has a number of more than ten bytes');
  };
  const take = (length: number): Uint8Array => {
    const end = at + length;
    if (end > bytes.length) throw new ProtobufError('ends within a field');
    const taken = bytes.subarray(at, end);
    at = end;
    return taken;
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    const wireType = key % 8;
    if (number === 0) throw new ProtobufError('has a field without a number');
    if (wireType === 0) yield { number, value: varint() };
    else if (wireType === 2) yield { number, value: take(varint()) };
    else if (wireType === 1) take(8);
    else if (wireType === 5) take(4);
    else throw new ProtobufError(`has a field of the unknown kind ${wireType}`);
  }
}

/** The payloads of all length-delimited fields with this number. */
export function* messagesIn(bytes: Uint8Array, number: number): Generator<Uint8Array> {
  for (const field of fieldsOf(bytes))
    if (field.number === number && typeof field.value !== 'number') yield field.value;
}
