import { elementsNamed, parseXml, XmlError } from './xml.ts';

/** A camera that answered. */
export interface DiscoveredCamera {
  /** As it calls itself, or its address. */
  readonly name: string;
  /** From which it answered. */
  readonly address: string;
  readonly hardware: string | null;
  readonly location: string | null;
  /** Where its ONVIF services are. */
  readonly serviceUrls: readonly string[];
}

/** OASIS WS-Discovery 1.0 (2005/04) as the ONVIF Core Specification uses it, chapter "Device discovery". */
export const discoveryAddress = { address: '239.255.255.250', port: 3702 } as const;

const maxTextCharacters = 200;
const maxServiceUrls = 8;

/** @param messageId a new `uuid:…`, which answers refer to */
export function probeMessage(messageId: string): string {
  const action = 'http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe';
  return `<?xml version="1.0" encoding="UTF-8"?>
<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:n="http://www.onvif.org/ver10/network/wsdl">
<e:Header><w:MessageID>${messageId}</w:MessageID><w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To><w:Action>${action}</w:Action></e:Header>
<e:Body><d:Probe><d:Types>n:NetworkVideoTransmitter</d:Types></d:Probe></e:Body>
</e:Envelope>`;
}

/** The cameras in one answer to that probe; none where it is something else. What it says is cleaned for a terminal. */
export function readProbeMatches(xml: string, messageId: string, address: string): DiscoveredCamera[] {
  try {
    const document = parseXml(xml);
    const [relatesTo] = elementsNamed(document, 'RelatesTo');
    if (relatesTo?.text.trim() !== messageId) return [];
    return Array.from(elementsNamed(document, 'ProbeMatch'), (match) => {
      const [scopes] = elementsNamed(match, 'Scopes');
      const [xAddrs] = elementsNamed(match, 'XAddrs');
      const scope = scopeReader(scopes?.text ?? '');
      return {
        name: scope('name') ?? address,
        address,
        hardware: scope('hardware'),
        location: scope('location'),
        serviceUrls: webUrls(xAddrs?.text ?? ''),
      };
    });
  } catch (error) {
    if (error instanceof XmlError) return [];
    throw error;
  }
}

/** Scopes are URLs such as `onvif://www.onvif.org/name/North%20door`. */
function scopeReader(scopes: string): (kind: string) => string | null {
  const paths = words(scopes).flatMap((url) => /^onvif:\/\/www\.onvif\.org\/(.+)$/i.exec(url)?.[1] ?? []);
  return (kind) => {
    const path = paths.find((each) => each.toLowerCase().startsWith(`${kind}/`));
    return path === undefined ? null : cleaned(decoded(path.slice(kind.length + 1)));
  };
}

function webUrls(text: string): string[] {
  const urls = words(text).map(cleaned);
  return urls.filter((url) => /^https?:\/\/[^/]/.test(url)).slice(0, maxServiceUrls);
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Without control characters, which a terminal would obey. */
function cleaned(text: string): string {
  return text.replaceAll(/\p{C}/gu, '').slice(0, maxTextCharacters);
}
