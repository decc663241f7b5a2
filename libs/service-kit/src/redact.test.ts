import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactUrl } from './redact.ts';

describe('redacting URLs', () => {
  it('keeps everything but the credentials', () => {
    expect(redactUrl('rtsp://admin:s3cret@10.0.0.5:554/stream1 failed')).toBe(
      'rtsp://***@10.0.0.5:554/stream1 failed',
    );
    expect(redactUrl('http://cam/snap.jpg?user=a&password=b#x')).toBe(
      'http://cam/snap.jpg?user=a&password=***#x',
    );
    expect(redactUrl('rtsp://10.0.0.5/stream1')).toBe('rtsp://10.0.0.5/stream1');
    expect(redactUrl('see a@b.example')).toBe('see a@b.example');
  });

  it('hides each of several URLs', () => {
    expect(redactUrl('a://u:p@x, b://v:q@y')).toBe('a://***@x, b://***@y');
  });

  it('takes no longer for what looks like the beginning of many URLs', () => {
    for (const text of ['a', 'a://', '://', 'a:', '@'].map((part) => part.repeat(200_000)))
      expect(redactUrl(text)).toHaveLength(text.length);
  });

  it('hides a password whatever characters it holds', () => {
    const password = fc.stringMatching(/^[a-z0-9@/:?#[\]!$&'()*+,;=%-]{8,20}$/).map((text) => `<${text}>`);
    fc.assert(
      fc.property(password, (secret) => {
        expect(redactUrl(`open rtsp://admin:${secret}@host/path: refused`)).toBe(
          'open rtsp://***@host/path: refused',
        );
      }),
    );
  });
});
