import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RtspRequest } from './rtsp-request.ts';
import { createRtspParser, rtspResponse } from './rtsp-request.ts';

const request = 'SETUP rtsp://x/camera-1/track1 RTSP/1.0\r\nCSeq: 3\r\nTransport: RTP/AVP/TCP\r\n\r\n';
const rtcp = Buffer.from([0x24, 1, 0, 3, 10, 13, 10]);

describe('requests of a connection', () => {
  it('come out whole however the bytes come in, and RTCP between them is passed over', () => {
    const bytes = Buffer.concat([Buffer.from(request), rtcp, Buffer.from(request)]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: bytes.length }), { maxLength: 6 }), (cuts) => {
        const seen: RtspRequest[] = [];
        const take = createRtspParser((each) => seen.push(each));
        const ends = [...cuts.toSorted((a, b) => a - b), bytes.length];
        ends.forEach((end, index) => take(bytes.subarray(ends[index - 1] ?? 0, end)));
        expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
          'SETUP rtsp://x/camera-1/track1',
          'SETUP rtsp://x/camera-1/track1',
        ]);
        expect(seen[1]?.headers.get('transport')).toBe('RTP/AVP/TCP');
      }),
    );
  });

  it('are answered with their number and the length of a body', () => {
    const asked = { method: 'DESCRIBE', url: 'rtsp://x', headers: new Map([['cseq', '7']]) };
    expect(rtspResponse(asked, 200, 'OK', {}, 'v=0')).toBe(
      'RTSP/1.0 200 OK\r\nCSeq: 7\r\nContent-Length: 3\r\n\r\nv=0',
    );
  });
});
