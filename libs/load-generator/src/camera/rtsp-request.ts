export interface RtspRequest {
  readonly method: string;
  readonly url: string;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
}

/** More without an end of headers is no RTSP. */
const mostHeaderBytes = 64 * 1024;
const interleavedMark = 0x24;

/** Takes a connection's bytes; calls `onRequest` for each request. RTCP that comes between is passed over. */
export function createRtspParser(onRequest: (request: RtspRequest) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (
      let length = lengthOf(rest);
      length !== undefined && length <= rest.length;
      length = lengthOf(rest)
    ) {
      if (rest[0] !== interleavedMark) onRequest(parse(rest.toString('latin1', 0, length)));
      rest = rest.subarray(length);
    }
    if (rest.length > mostHeaderBytes) rest = Buffer.alloc(0);
  };
}

/** Of the first thing in the bytes; undefined while its end is not known. */
function lengthOf(bytes: Buffer): number | undefined {
  if (bytes.length >= 4 && bytes[0] === interleavedMark) return 4 + bytes.readUInt16BE(2);
  const end = bytes.indexOf('\r\n\r\n');
  return end < 0 || bytes[0] === interleavedMark ? undefined : end + 4;
}

function parse(text: string): RtspRequest {
  const [first = '', ...lines] = text.split('\r\n');
  const [method = '', url = ''] = first.split(' ');
  const headers = lines.flatMap((line): [string, string][] => {
    const colon = line.indexOf(':');
    return colon < 0 ? [] : [[line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]];
  });
  return { method, url, headers: new Map(headers) };
}

export function rtspResponse(
  { headers }: RtspRequest,
  code: number,
  reason: string,
  more: Readonly<Record<string, string>> = {},
  body = '',
): string {
  const all = { CSeq: headers.get('cseq') ?? '0', ...more, ...(body && { 'Content-Length': body.length }) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`RTSP/1.0 ${code} ${reason}`, ...lines, '', body].join('\r\n');
}
