import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { discoverCameras } from '../src/cameras/discover.ts';

/** Cameras on this machine's loopback: each probe is answered by all that `replies` gives. */
async function withResponder<T>(
  replies: (messageId: string) => readonly string[],
  use: (target: { address: string; port: number }) => Promise<T>,
): Promise<T> {
  const socket = createSocket('udp4');
  socket.on('message', (probe, { port, address }) => {
    const [, messageId = ''] = /<w:MessageID>([^<]+)</.exec(probe.toString()) ?? [];
    for (const reply of replies(messageId)) socket.send(reply, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  try {
    return await use({ address: '127.0.0.1', port: socket.address().port });
  } finally {
    socket.close();
  }
}

function camera(messageId: string, name: string): string {
  return `<e:Envelope><e:Header><w:RelatesTo>${messageId}</w:RelatesTo></e:Header><e:Body><d:ProbeMatches>
    <d:ProbeMatch><d:Scopes>onvif://www.onvif.org/name/${name}</d:Scopes><d:XAddrs>http://10.0.0.1/${name}</d:XAddrs>
    </d:ProbeMatch></d:ProbeMatches></e:Body></e:Envelope>`;
}

describe('discovery of cameras', () => {
  it('collects each camera once, however often it answers, and passes over what is none', async () => {
    const replies = (id: string) => [
      camera(id, 'a'),
      'garbage',
      camera(id, 'b'),
      camera(id, 'a'),
      camera('uuid:x', 'c'),
    ];
    await withResponder(replies, async (target) => {
      const found = await discoverCameras({ target, waitMs: 300 });
      expect(found.map(({ name }) => name).toSorted()).toEqual(['a', 'b']);
      expect(found[0]).toMatchObject({
        address: '127.0.0.1',
        serviceUrls: [expect.stringContaining('http://')],
      });
    });
  });

  it('finds nothing where nobody answers', async () => {
    await withResponder(
      () => [],
      async (target) => expect(await discoverCameras({ target, waitMs: 50 })).toEqual([]),
    );
  });
});
