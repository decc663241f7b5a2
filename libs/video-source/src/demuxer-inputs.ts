import type { DemuxerInput } from './demuxer.ts';
import { invalidArgument, invalidData, sourceErrorOf } from './ffmpeg.ts';
import { checkFrameSize, defaultFrameLimits } from './frame-limits.ts';
import { inspectFile } from './inspect-file.ts';
import type { OpenOptions } from './open-options.ts';
import { SourceError } from './source-error.ts';
import { defaultTimeoutMs } from './timeouts.ts';

/** Containers and pictures that are read. Playlists are not among them: they may name other files and hosts. */
const formats =
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,h264,hevc,av1,ivf,m4v,mjpeg,jpeg_pipe,png_pipe,flv,asf,ogg,wav,mp3,aac,flac';

/** What every input is opened with. */
function commonInput(name: string, live: boolean, options: OpenOptions) {
  const limits = options.limits ?? defaultFrameLimits;
  return {
    name,
    live,
    maxPixels: limits.maxPixels,
    timeoutMs: options.connectTimeoutMs ?? defaultTimeoutMs,
    silenceMs: options.readTimeoutMs ?? defaultTimeoutMs,
    signal: options.signal,
    onReading: options.onReading,
    checkSize: (width: number, height: number): void => checkFrameSize(name, width, height, limits),
    explain: (code: number): SourceError => sourceErrorOf(code, name),
  };
}

export function rtspInput(url: string, name: string, options: OpenOptions): DemuxerInput {
  const common = commonInput(name, true, options);
  return {
    ...common,
    url,
    format: 'rtsp',
    options: {
      rtsp_transport: 'tcp',
      allowed_media_types: 'video',
      protocol_whitelist: 'rtsp,rtsps,rtp,tcp,tls,udp',
      timeout: common.silenceMs * 1000,
      analyzeduration: 3_000_000,
      fpsprobesize: 0,
    },
  };
}

export function deviceInput(device: string, name: string, options: OpenOptions): DemuxerInput {
  return { ...commonInput(name, true, options), url: device, format: 'v4l2', options: { fpsprobesize: 0 } };
}

export async function fileInput(path: string, name: string, options: OpenOptions): Promise<DemuxerInput> {
  const common = commonInput(name, false, options);
  if (/^https?:\/\//i.test(path)) {
    const rw_timeout = common.silenceMs * 1000;
    const protocol_whitelist = 'http,https,tcp,tls,crypto';
    return {
      ...common,
      url: path,
      format: null,
      options: { format_whitelist: formats, protocol_whitelist, rw_timeout },
      explain: (code) => explainFile(code, name, false),
    };
  }
  const { format, startsAsVideo } = await inspectFile(path, options.limits ?? defaultFrameLimits);
  return {
    ...common,
    url: `file:${path}`,
    format,
    options: { format_whitelist: formats, protocol_whitelist: 'file' },
    explain: (code) => explainFile(code, name, startsAsVideo),
  };
}

function explainFile(code: number, name: string, startsAsVideo: boolean): SourceError {
  if (code !== invalidData && code !== invalidArgument) return sourceErrorOf(code, name);
  return startsAsVideo
    ? new SourceError(
        'TRUNCATED',
        `${name}: the file starts as a video, but its index is missing: it is cut short, damaged or still being written.`,
      )
    : new SourceError(
        'NOT_MEDIA',
        `${name}: this is not a video file that can be read. Expected MP4, MKV, WebM, AVI, MPEG-TS or similar.`,
      );
}
