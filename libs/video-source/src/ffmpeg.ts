import { FFmpegError, Frame, Log, Packet } from 'node-av/lib';
import {
  AVERROR_EOF,
  AVERROR_EXIT,
  AVERROR_HTTP_FORBIDDEN,
  AVERROR_HTTP_NOT_FOUND,
  AVERROR_HTTP_OTHER_4XX,
  AVERROR_HTTP_SERVER_ERROR,
  AVERROR_HTTP_UNAUTHORIZED,
  AVERROR_INVALIDDATA,
  AVERROR_PROTOCOL_NOT_FOUND,
  AV_LOG_QUIET,
} from 'node-av/constants';
import { SourceError } from './source-error.ts';
import type { SourceErrorCode } from './source-error.ts';

// FFmpeg logs whole URLs, credentials included, to stderr. Its level is one for the process, all threads.
Log.setLevel(AV_LOG_QUIET);

/** FFmpeg's errno codes on Linux, negated as in AVERROR(). */
const errno = {
  ENOENT: -2,
  EIO: -5,
  EAGAIN: -11,
  ENODEV: -19,
  ECONNRESET: -104,
  ETIMEDOUT: -110,
  ECONNREFUSED: -111,
  EHOSTUNREACH: -113,
};
const errors: ReadonlyMap<number, [SourceErrorCode, string]> = new Map<number, [SourceErrorCode, string]>([
  [errno.ENOENT, ['NOT_FOUND', 'there is no such file or device']],
  [errno.ENODEV, ['NOT_FOUND', 'there is no such device']],
  [
    AVERROR_HTTP_UNAUTHORIZED,
    ['UNAUTHORIZED', 'the camera refused the user name or password. Check them in the address'],
  ],
  [
    AVERROR_HTTP_FORBIDDEN,
    ['UNAUTHORIZED', 'the camera forbids this address to this user. Check the user and its rights'],
  ],
  [
    AVERROR_HTTP_NOT_FOUND,
    ['NOT_FOUND', 'the camera has no stream of that name. Check the path in the address'],
  ],
  [AVERROR_HTTP_OTHER_4XX, ['UNSUPPORTED', 'the camera refused the request']],
  [AVERROR_HTTP_SERVER_ERROR, ['DISCONNECTED', 'the camera answered with an internal error']],
  [AVERROR_PROTOCOL_NOT_FOUND, ['UNSUPPORTED', 'this kind of address is not supported']],
  [
    errno.ECONNREFUSED,
    ['REFUSED', 'the connection was refused. Check the address and that the camera is on'],
  ],
  [errno.EHOSTUNREACH, ['UNREACHABLE', 'the camera cannot be reached']],
  [errno.ETIMEDOUT, ['TIMEOUT', 'the camera did not answer in time']],
  [AVERROR_EXIT, ['TIMEOUT', 'the camera did not answer in time']],
  [errno.ECONNRESET, ['DISCONNECTED', 'the camera cut the connection']],
  [AVERROR_EOF, ['DISCONNECTED', 'the camera closed the connection']],
  [AVERROR_INVALIDDATA, ['CORRUPT', 'what came is not a stream that can be read']],
]);

export const again = errno.EAGAIN;
export const timedOut = errno.ETIMEDOUT;
export const endOfStream: number = AVERROR_EOF;
export const invalidData: number = AVERROR_INVALIDDATA;
/** AVERROR(EINVAL): among others, a picture over the decoder's `max_pixels`. */
export const invalidArgument = -22;

/** A failed FFmpeg call on a network source or device as one clear message. */
export function sourceErrorOf(code: number, name: string): SourceError {
  const [kind, reason] = errors.get(code) ?? [
    'UNREACHABLE',
    `the camera cannot be read (${FFmpegError.strerror(code)})`,
  ];
  // A camera that is booting or plugged in again has its stream or device later.
  return new SourceError(kind, `${name}: ${reason}.`, kind === 'NOT_FOUND' ? { retryable: true } : {});
}

/** @throws {Error} when an FFmpeg call that cannot fail on bad input failed. */
export function check(code: number, action: string): number {
  if (code < 0) throw new Error(`FFmpeg could not ${action}: ${FFmpegError.strerror(code)}.`);
  return code;
}

export function newFrame(): Frame {
  const frame = new Frame();
  frame.alloc();
  return frame;
}

export function newPacket(): Packet {
  const packet = new Packet();
  packet.alloc();
  return packet;
}
