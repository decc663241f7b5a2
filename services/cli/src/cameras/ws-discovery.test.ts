import { describe, expect, it } from 'vitest';
import { probeMessage, readProbeMatches } from './ws-discovery.ts';
import { elementsNamed, parseXml } from './xml.ts';

const id = 'uuid:1';

function reply(match: string, relatesTo = id): string {
  return `<?xml version="1.0"?><s:Envelope xmlns:s="x"><s:Header><a:RelatesTo>${relatesTo}</a:RelatesTo></s:Header>
    <s:Body><d:ProbeMatches><d:ProbeMatch>${match}</d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>`;
}

describe('WS-Discovery', () => {
  it('asks for video transmitters, by an id of its own', () => {
    const document = parseXml(probeMessage(id));
    const textOf = (name: string) => Array.from(elementsNamed(document, name), ({ text }) => text);
    expect(textOf('MessageID')).toEqual([id]);
    expect(textOf('Types')).toEqual(['n:NetworkVideoTransmitter']);
  });

  it('reads name, hardware, place and addresses of a camera', () => {
    const xml = reply(`<d:Scopes>onvif://www.onvif.org/type/video onvif://www.onvif.org/name/North%20door
      onvif://www.onvif.org/hardware/M1 onvif://www.onvif.org/location/gate</d:Scopes>
      <d:XAddrs>http://10.0.0.5/onvif/device_service http://[fe80::1]/onvif</d:XAddrs>`);
    expect(readProbeMatches(xml, id, '10.0.0.5')).toEqual([
      {
        name: 'North door',
        address: '10.0.0.5',
        hardware: 'M1',
        location: 'gate',
        serviceUrls: ['http://10.0.0.5/onvif/device_service', 'http://[fe80::1]/onvif'],
      },
    ]);
  });

  it('calls a camera that has no name by its address', () => {
    expect(readProbeMatches(reply(''), id, '10.0.0.5')).toMatchObject([
      { name: '10.0.0.5', serviceUrls: [] },
    ]);
  });

  it('ignores answers to others, and what is no answer', () => {
    expect(readProbeMatches(reply('', 'uuid:2'), id, '10.0.0.5')).toEqual([]);
    expect(readProbeMatches('M-SEARCH * HTTP/1.1', id, '10.0.0.5')).toEqual([]);
    expect(readProbeMatches(`<!DOCTYPE x>${reply('')}`, id, '10.0.0.5')).toEqual([]);
  });

  it('passes nothing on that a terminal would obey, nor addresses that are none', () => {
    const xml = reply(`<d:Scopes>onvif://www.onvif.org/name/%1B%5B2Jcam%07</d:Scopes>
      <d:XAddrs>javascript:alert(1) file:///etc/passwd http://10.0.0.5/\u{9b}x</d:XAddrs>`);
    expect(readProbeMatches(xml, id, '10.0.0.5')).toMatchObject([
      { name: '[2Jcam', serviceUrls: ['http://10.0.0.5/x'] },
    ]);
  });
});
