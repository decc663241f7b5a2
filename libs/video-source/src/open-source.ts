import { DecodedStream, frameRateOf } from './decoded-stream.ts';
import { Demuxer } from './demuxer.ts';
import type { DemuxerInput } from './demuxer.ts';
import { deviceInput, fileInput, rtspInput } from './demuxer-inputs.ts';
import { checkFrameSize, defaultFrameLimits } from './frame-limits.ts';
import { JpegCamera } from './jpeg-camera.ts';
import { MjpegFeed } from './mjpeg-feed.ts';
import type { OpenOptions, SourceInfo } from './open-options.ts';
import { RecordingReader } from './recording-reader.ts';
import { SnapshotFeed } from './snapshot-feed.ts';
import { SourceError } from './source-error.ts';
import { describeSource } from './source.ts';
import type { Source } from './source.ts';
import { StreamReader } from './stream-reader.ts';
import { defaultSnapshotRate } from './timeouts.ts';
import { VideoDecoder } from './video-decoder.ts';
import type { FrameReader } from './video-frame.ts';

/**
 * Opens a source for reading. Decoding blocks the calling thread: give each camera its own.
 * @throws {SourceError} with one clear message for each class of bad input
 */
export async function openSource(source: Source, options: OpenOptions): Promise<FrameReader> {
  const name = describeSource(source);
  switch (source.kind) {
    case 'scene': {
      // Only where it is wanted: a real camera's thread does without the scenes' 2 MB.
      const { SceneReader } = await import('./scene-reader.ts');
      return new SceneReader(source, options);
    }
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
