import { describe, expect, it } from 'vitest';
import { sourcesFrom } from './sources-from.ts';

describe('sources of a command line', () => {
  it('take credentials from the environment, whatever characters they hold', () => {
    const [source] = sourcesFrom(['rtsp://u:${SECRET}@cam/1'], { SECRET: 'a/b@c' });
    expect(source).toEqual({ kind: 'rtsp', url: 'rtsp://u:a%2Fb%40c@cam/1' });
  });

  it('tell all mistakes at once', () => {
    const attempt = () => sourcesFrom(['rtsp://u:${MISSING}@cam/1', 'gopher://cam', 'scene:street'], {});
    expect(attempt).toThrow(/MISSING is not set[^]*gopher/);
  });
});
