/** Types of NAL units (ITU-T H.264, table 7-1). */
const nalTypes = { slice: 1, keySlice: 5, sequence: 7, picture: 8 } as const;

/** The NAL units of one picture, without start codes. */
export type AccessUnit = readonly Uint8Array[];

export interface H264Loop {
  /** From a key frame on; played again after the last. */
  readonly units: readonly AccessUnit[];
  readonly sequenceParameters: Uint8Array;
  readonly pictureParameters: Uint8Array;
}

/**
 * Splits a byte stream (Annex B) into its pictures, each with the parameter sets that stand before it.
 * @throws RangeError when it has no picture or no parameter sets
 */
export function readH264(stream: Uint8Array): H264Loop {
  const units: Uint8Array[][] = [];
  let open: Uint8Array[] = [];
  for (const nal of nalUnits(stream)) {
    open.push(nal);
    if (!isSlice(nal)) continue;
    // A slice that begins a picture has first_mb_in_slice = 0, whose code is a leading 1 bit.
    const last = units.at(-1);
    if (last && ((nal[1] ?? 0) & 0x80) === 0) last.push(...open);
    else units.push(open);
    open = [];
  }
  const first = (type: number): Uint8Array | undefined => units.flat().find((nal) => nalType(nal) === type);
  const [sequenceParameters, pictureParameters] = [first(nalTypes.sequence), first(nalTypes.picture)];
  if (!sequenceParameters || !pictureParameters)
    throw new RangeError(`an H.264 stream of ${stream.length} bytes without pictures or parameter sets`);
  return { units, sequenceParameters, pictureParameters };
}

function nalType(nal: Uint8Array): number {
  return (nal[0] ?? 0) & 0x1f;
}

function isSlice(nal: Uint8Array): boolean {
  return nalType(nal) === nalTypes.slice || nalType(nal) === nalTypes.keySlice;
}

/** Between start codes 00 00 01, which no NAL unit contains; zeros before a start code are no part of one. */
function* nalUnits(stream: Uint8Array): Generator<Uint8Array> {
  const buffer = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength);
  const startCode = Buffer.from([0, 0, 1]);
  for (let at = buffer.indexOf(startCode); at >= 0;) {
    const begin = at + startCode.length;
    const next = buffer.indexOf(startCode, begin);
    let end = next < 0 ? buffer.length : next;
    while (end > begin && buffer[end - 1] === 0) end -= 1;
    if (end > begin) yield buffer.subarray(begin, end);
    at = next;
  }
}
