import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replaceVariables } from './variables.ts';

describe('replacing variables', () => {
  it('goes into lists and mappings and leaves everything else as it is', () => {
    const { value, mistakes } = replaceVariables({ a: ['x${ONE}y', 2, null], b: true }, { ONE: '1' });
    expect(value).toEqual({ a: ['x1y', 2, null], b: true });
    expect(mistakes).toEqual([]);
  });

  it('puts any password into a URL so that the URL still has the same host and gives the password back', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (password) => {
        const { value } = replaceVariables('rtsp://${USER}:${PASSWORD}@host/1', {
          USER: 'u',
          PASSWORD: password,
        });
        const url = new URL(String(value));
        expect(url.host).toBe('host');
        expect(decodeURIComponent(url.password)).toBe(password);
      }),
    );
  });

  it('puts a whole URL or a host in as it is', () => {
    const env = { URL: 'rtsp://a:b@host/1', HOST: 'cam.example:554' };
    expect(replaceVariables(['${URL}', 'rtsp://u:p@${HOST}/1'], env).value).toEqual([
      'rtsp://a:b@host/1',
      'rtsp://u:p@cam.example:554/1',
    ]);
  });

  it('does not look into what it has put in', () => {
    expect(replaceVariables('${A}', { A: '${B}', B: 'b' }).value).toBe('${B}');
  });

  it.each([
    ['${GONE}', 'environment variable GONE is not set'],
    ['${EMPTY}', 'environment variable EMPTY is empty'],
    ['${NOT A NAME}', '${NOT A NAME} names no environment variable'],
    ['${OPEN', '${OPEN names no environment variable'],
    ['${}', '${} names no environment variable'],
  ])('reports %s with its place', (text, message) => {
    const { mistakes } = replaceVariables({ cameras: [{ source: text }] }, { EMPTY: '' });
    expect(mistakes).toEqual([{ path: ['cameras', 0, 'source'], message: expect.stringContaining(message) }]);
  });
});
