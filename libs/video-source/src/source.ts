import { redactUrl } from './redact-url.ts';
import { SourceError } from './source-error.ts';

export { SourceError };

/** Where frames come from. `path` may also be an http(s) URL of a video file. */
export type Source =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'rtsp'; readonly url: string }
  | { readonly kind: 'mjpeg'; readonly url: string }
  | { readonly kind: 'snapshot'; readonly url: string }
  | { readonly kind: 'v4l2'; readonly device: string }
  | SceneSource;

export interface SceneSource {
  readonly kind: 'scene';
  readonly name: string;
  readonly seed: number;
  readonly width?: number;
  readonly height?: number;
  readonly framesPerSecond?: number;
}

const videoFile = /\.(mp4|m4v|mov|mkv|webm|avi|ts|flv|mpe?g)$/i;
const snapshotPath = /\.jpe?g$|snap|still|onvif-?http/i;

/**
 * Reads what a user wrote:
 * - `scene:street?seed=3&size=640x360&fps=5`
 * - `rtsp://…` and `rtsps://…`
 * - `http(s)://…`: a video file by its extension (`.mp4`, `.mkv`, …); a snapshot camera when the path ends
 *   in `.jpg`/`.jpeg` or contains `snap` or `still`; otherwise an MJPEG stream.
 *   `mjpeg+http://…` and `snapshot+http://…` (also with `https`) say it outright.
 * - `/dev/video0`
 * - anything else is a path (`file:` in front of it is dropped).
 *
 * @throws {SourceError} `INVALID_SOURCE` in one message that names the text and what was expected.
 */
export function parseSource(text: string): Source {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.includes('\0')) {
    throw invalid(
      'The source is empty. Give a file, an rtsp:// or http:// address, /dev/videoN or scene:NAME.',
    );
  }
  if (trimmed.startsWith('scene:')) return parseScene(trimmed);
  if (/^\/dev\/video\d+$/.test(trimmed)) return { kind: 'v4l2', device: trimmed };
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(trimmed)?.[1]?.toLowerCase();
  return scheme === undefined
    ? { kind: 'file', path: trimmed.replace(/^file:/, '') }
    : parseUrl(trimmed, scheme);
}

function pathOf(fileUrl: string): string {
  const { pathname } = checkedUrl(fileUrl);
  try {
    return decodeURIComponent(pathname);
  } catch {
    throw invalid(
      `${fileUrl}: a % in it begins no character. Write % itself as %25, or give the plain path.`,
    );
  }
}

function parseUrl(text: string, scheme: string): Source {
  if (scheme === 'file') return { kind: 'file', path: pathOf(text) };
  if (scheme === 'rtsp' || scheme === 'rtsps') return { kind: 'rtsp', url: (checkedUrl(text), text) };
  const [, prefix, web] = /^(?:(mjpeg|snapshot)\+)?(https?)$/.exec(scheme) ?? [];
  if (web === undefined) {
    throw invalid(
      `${redactUrl(text)}: "${scheme}" is not a known kind of source. Use rtsp, http, https, scene: or a path.`,
    );
  }
  const url = web + text.slice(scheme.length);
  const path = checkedUrl(url).pathname;
  if (prefix === 'mjpeg' || prefix === 'snapshot') return { kind: prefix, url };
  if (videoFile.test(path)) return { kind: 'file', path: url };
  return { kind: snapshotPath.test(path) ? 'snapshot' : 'mjpeg', url };
}

function checkedUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url || (url.hostname === '' && url.protocol !== 'file:')) {
    throw invalid(
      `${redactUrl(text)}: this is not a complete address. Expected scheme://[user:password@]host[:port]/path.`,
    );
  }
  return url;
}

function parseScene(text: string): Source {
  const [name = '', query = ''] = text.slice('scene:'.length).split(/\?(.*)/s);
  if (!/^[a-z][a-z0-9-]*$/i.test(name)) {
    throw invalid(`${text}: "${name}" is not a scene's name. Expected scene:NAME?seed=1&size=640x360&fps=5.`);
  }
  const given = new URLSearchParams(query);
  for (const key of given.keys()) {
    if (!['seed', 'size', 'fps'].includes(key))
      throw invalid(`${text}: unknown setting "${key}". Known: seed, size, fps.`);
  }
  return {
    kind: 'scene',
    name,
    seed: parseSeed(text, given.get('seed')),
    ...parseSize(text, given.get('size')),
    ...parseRate(text, given.get('fps')),
  };
}

function parseSeed(text: string, value: string | null): number {
  if (value === null) return 1;
  if (!/^\d{1,9}$/.test(value))
    throw invalid(`${text}: seed is "${value}". Expected a whole number from 0 to 999999999.`);
  return Number(value);
}

function parseSize(text: string, value: string | null): { width?: number; height?: number } {
  if (value === null) return {};
  const [, width = 0, height = 0] = (/^(\d{1,5})x(\d{1,5})$/.exec(value) ?? []).map(Number);
  const usable = (side: number): boolean => side >= 64 && side <= 8192 && side % 2 === 0;
  if (!usable(width) || !usable(height)) {
    throw invalid(
      `${text}: size is "${value}". Expected WIDTHxHEIGHT in even numbers from 64 to 8192, such as 640x360.`,
    );
  }
  return { width, height };
}

function parseRate(text: string, value: string | null): { framesPerSecond?: number } {
  if (value === null) return {};
  const framesPerSecond = Number(value);
  if (value === '' || !(framesPerSecond > 0 && framesPerSecond <= 240)) {
    throw invalid(`${text}: fps is "${value}". Expected a number above 0 and up to 240.`);
  }
  return { framesPerSecond };
}

/** A source as people may read it: credentials and tokens are always hidden. */
export function describeSource(source: Source): string {
  switch (source.kind) {
    case 'file':
      return /^https?:\/\//i.test(source.path) ? redactUrl(source.path) : source.path;
    case 'v4l2':
      return source.device;
    case 'scene':
      return `scene:${source.name}?seed=${source.seed}`;
    case 'rtsp':
    case 'mjpeg':
    case 'snapshot':
      return redactUrl(source.url);
  }
}

function invalid(message: string): SourceError {
  return new SourceError('INVALID_SOURCE', message);
}
