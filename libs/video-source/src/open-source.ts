import { DecodedStream, frameRateOf } from './decoded-stream.ts';
import { Demuxer } from './demuxer.ts';
import type { DemuxerInput } from './demuxer.ts';
import { invalidArgument, invalidData, sourceErrorOf } from './ffmpeg.ts';
import { checkFrameSize, defaultFrameLimits } from './frame-limits.ts';
import { inspectFile } from './inspect-file.ts';
import { JpegCamera } from './jpeg-camera.ts';
import { MjpegFeed } from './mjpeg-feed.ts';
import type { OpenOptions, SourceInfo } from './open-options.ts';
import { RecordingReader } from './recording-reader.ts';
import { SceneReader } from './scene-reader.ts';
import { SnapshotFeed } from './snapshot-feed.ts';
import { SourceError } from './source-error.ts';
import { describeSource } from './source.ts';
import type { Source } from './source.ts';
import { StreamReader } from './stream-reader.ts';
import { defaultSnapshotRate, defaultTimeoutMs } from './timeouts.ts';
import { VideoDecoder } from './video-decoder.ts';
import type { FrameReader } from './video-frame.ts';

/** Containers and pictures that are read. Playlists are not among them: they may name other files and hosts. */
const formats =
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,h264,hevc,av1,ivf,m4v,mjpeg,jpeg_pipe,png_pipe,flv,asf,ogg,wav,mp3,aac,flac';

/**
 * Opens a source for reading. Decoding blocks the calling thread: give each camera its own.
 * @throws {SourceError} with one clear message for each class of bad input
 */
export async function openSource(source: Source, options: OpenOptions): Promise<FrameReader> {
  const name = describeSource(source);
  switch (source.kind) {
    case 'scene':
      return new SceneReader(source, options);
    case 'mjpeg':
      return JpegCamera.open(name, new MjpegFeed(source.url, name, options), null, options);
    case 'snapshot': {
      const rate = options.framesPerSecond ?? defaultSnapshotRate;
      return JpegCamera.open(name, new SnapshotFeed(source.url, name, options), rate, options);
    }
    case 'rtsp':
      return openCamera(rtspInput(source.url, name, options), options);
    case 'v4l2':
      return openCamera(deviceInput(source.device, name, options), options);
    case 'file':
      return openRecording(await fileInput(source.path, name, options), options);
  }
}

async function openCamera(input: DemuxerInput, options: OpenOptions): Promise<FrameReader> {
  const { stream, info } = await openStream(input, options);
  return new StreamReader(input.name, info, stream, options);
}

async function openRecording(input: DemuxerInput, options: OpenOptions): Promise<FrameReader> {
  const { stream, info } = await openStream(input, options);
  const reopen = async (): Promise<DecodedStream> => (await openStream(input, options)).stream;
  return new RecordingReader(input.name, info, stream, reopen, options);
}

async function openStream(
  input: DemuxerInput,
  options: OpenOptions,
): Promise<{ stream: DecodedStream; info: SourceInfo }> {
  const { name, live } = input;
  const limits = options.limits ?? defaultFrameLimits;
  const demuxer = await Demuxer.open(input);
  try {
    const { codecpar, nbFrames } = demuxer.stream;
    const { width, height } = codecpar;
    if (width === 0)
      throw new SourceError(
        'CORRUPT',
        `${name}: the size of its video can't be read, or is over the limit of ${limits.maxPixels} pixels.`,
      );
    checkFrameSize(name, width, height, limits);
    const decoder = new VideoDecoder(codecpar, {
      name,
      limits,
      threads: options.threads ?? 1,
      lowDelay: live,
    });
    const info = {
      width,
      height,
      codec: decoder.codec,
      framesPerSecond: frameRateOf(demuxer),
      durationSeconds: live ? null : demuxer.durationSeconds,
      frameCount: nbFrames > 0n ? Number(nbFrames) : null,
      live,
    };
    return { stream: new DecodedStream(demuxer, decoder, name, options.now), info };
  } catch (error) {
    demuxer.close();
    throw error;
  }
}

/** What every input is opened with. */
function commonInput(name: string, live: boolean, options: OpenOptions) {
  const limits = options.limits ?? defaultFrameLimits;
  return {
    name,
    live,
    maxPixels: limits.maxPixels,
    timeoutMs: options.connectTimeoutMs ?? defaultTimeoutMs,
    signal: options.signal,
    checkSize: (width: number, height: number): void => checkFrameSize(name, width, height, limits),
    explain: (code: number): SourceError => sourceErrorOf(code, name),
  };
}

function rtspInput(url: string, name: string, options: OpenOptions): DemuxerInput {
  return {
    ...commonInput(name, true, options),
    url,
    format: 'rtsp',
    options: {
      rtsp_transport: 'tcp',
      allowed_media_types: 'video',
      protocol_whitelist: 'rtsp,rtsps,rtp,tcp,tls,udp',
      timeout: (options.readTimeoutMs ?? defaultTimeoutMs) * 1000,
      analyzeduration: 3_000_000,
      fpsprobesize: 0,
    },
  };
}

function deviceInput(device: string, name: string, options: OpenOptions): DemuxerInput {
  return { ...commonInput(name, true, options), url: device, format: 'v4l2', options: { fpsprobesize: 0 } };
}

async function fileInput(path: string, name: string, options: OpenOptions): Promise<DemuxerInput> {
  const common = commonInput(name, false, options);
  if (/^https?:\/\//i.test(path)) {
    const rw_timeout = (options.readTimeoutMs ?? defaultTimeoutMs) * 1000;
    const protocol_whitelist = 'http,https,tcp,tls,crypto';
    return {
      ...common,
      url: path,
      format: null,
      options: { format_whitelist: formats, protocol_whitelist, rw_timeout },
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
