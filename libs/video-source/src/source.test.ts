import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceError } from './source-error.ts';
import { describeSource, parseSource } from './source.ts';

describe('parseSource', () => {
  test.each([
    ['scene:street', { kind: 'scene', name: 'street', seed: 1 }],
    [
      'scene:street?seed=3&size=640x360&fps=5',
      { kind: 'scene', name: 'street', seed: 3, width: 640, height: 360, framesPerSecond: 5 },
    ],
    ['rtsp://u:p@cam/stream?channel=1', { kind: 'rtsp', url: 'rtsp://u:p@cam/stream?channel=1' }],
    ['http://cam/video.mjpg', { kind: 'mjpeg', url: 'http://cam/video.mjpg' }],
    ['http://cam/cgi-bin/mjpg/video.cgi', { kind: 'mjpeg', url: 'http://cam/cgi-bin/mjpg/video.cgi' }],
    ['https://cam/axis/snapshot.jpg?x=1', { kind: 'snapshot', url: 'https://cam/axis/snapshot.jpg?x=1' }],
    ['http://cam/still', { kind: 'snapshot', url: 'http://cam/still' }],
    ['mjpeg+http://cam/still', { kind: 'mjpeg', url: 'http://cam/still' }],
    ['snapshot+https://cam/video', { kind: 'snapshot', url: 'https://cam/video' }],
    ['http://host/clip.mp4', { kind: 'file', path: 'http://host/clip.mp4' }],
    ['/dev/video0', { kind: 'v4l2', device: '/dev/video0' }],
    ['clips/a b.mp4', { kind: 'file', path: 'clips/a b.mp4' }],
    ['file:clips/a.mp4', { kind: 'file', path: 'clips/a.mp4' }],
    ['file:///clips/a%20b.mp4', { kind: 'file', path: '/clips/a b.mp4' }],
  ])('reads %s', (text, source) => {
    expect(parseSource(text)).toEqual(source);
  });

  test.each([
    ['', 'empty'],
    ['gopher://cam/x', '"gopher" is not a known kind'],
    ['rtsp://', 'not a complete address'],
    ['scene:', 'not a scene'],
    ['scene:street?sed=3', 'unknown setting "sed"'],
    ['scene:street?seed=-1', 'seed is "-1"'],
    ['scene:street?size=641x360', 'size is "641x360"'],
    ['scene:street?size=1x1', 'size is "1x1"'],
    ['scene:street?fps=0', 'fps is "0"'],
  ])('refuses %j and says why', (text, reason) => {
    expect(() => parseSource(text)).toThrow(reason);
    expect(() => parseSource(text)).toThrow(SourceError);
  });

  test('any text is either a source or a SourceError', () => {
    const schemes = fc.constantFrom(
      '',
      'rtsp://',
      'http://',
      'mjpeg+http://',
      'scene:',
      'file:',
      'file://',
      '/dev/',
    );
    fc.assert(
      fc.property(schemes, fc.string(), (scheme, rest) => {
        try {
          expect(parseSource(scheme + rest).kind).toBeTypeOf('string');
        } catch (error) {
          expect(error).toBeInstanceOf(SourceError);
        }
      }),
      { examples: [['file://', '/%']] },
    );
  });
});

describe('describeSource', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9]{6,12}$/).map((text) => `Secret${text}`);

  test('never tells user, password or token, wherever cameras put them', () => {
    const address = fc.tuple(fc.constantFrom('rtsp', 'http', 'snapshot+http'), word, word, word, word);
    fc.assert(
      fc.property(address, ([scheme, user, password, token, inPath]) => {
        const text = `${scheme}://${user}:${password}@host:554/live/user=${inPath}&password=${inPath}/x.jpg?auth=${token}&channel=1&${token}`;
        const described = describeSource(parseSource(text));
        for (const secret of [user, password, token, inPath]) expect(described).not.toContain(secret);
        expect(described).toContain('host:554');
        expect(described).toContain('channel=1');
      }),
    );
  });

  test('hides a password that holds an unescaped @ or a missing user', () => {
    expect(describeSource({ kind: 'rtsp', url: 'rtsp://u:p@ss@cam/x' })).toBe('rtsp://***@cam/x');
    expect(describeSource({ kind: 'mjpeg', url: 'http://:pw@cam' })).toBe('http://***@cam');
  });

  test('hides the credentials of a video file on the web', () => {
    expect(describeSource({ kind: 'file', path: 'https://u:pw@host/clip.mp4?sig=abc' })).toBe(
      'https://***@host/clip.mp4?sig=***',
    );
  });
});
