import { MultipartError, MultipartParser, readImageHeader } from '@framegate/video-source';
import { mutateBytes } from '../mutate.ts';
import type { Target } from '../target.ts';

const jpeg = Buffer.from(
  'ffd8ffe000104a46494600010100000100010000ffdb004300080606070605080707070909080a0cffc0000b080060010001011100ffc400140001ffda0008010100003f00ffd9',
  'hex',
);
const part = (length: string): Buffer =>
  Buffer.concat([Buffer.from(`\r\n--frame\r\ncontent-type: image/jpeg\r\n${length}\r\n`), jpeg]);
const stream = Buffer.concat([part(`content-length: ${jpeg.length}\r\n`), part(''), part(''), part('')]);

/** What an MJPEG camera sends, in chunks of any size, and the headers of its pictures. */
export const multipart: Target = {
  name: 'multipart',
  share: 0.2,
  boundMs: 1000,
  async open() {
    return {
      make(random) {
        const bytes = mutateBytes(random, stream);
        const chunks: Uint8Array[] = [];
        for (let at = 0; at < bytes.length;) {
          const length = 1 + Math.floor(random() ** 2 * 300);
          chunks.push(bytes.subarray(at, (at += length)));
        }
        return chunks;
      },
      async run(chunks) {
        const parser = new MultipartParser('frame', { maxPartBytes: 4096, maxHeaderBytes: 512 });
        try {
          const pictures = chunks.flatMap((chunk) => parser.push(chunk));
          return pictures.some((picture) => readImageHeader(picture) === null) ? 'refused' : 'taken';
        } catch (error) {
          if (error instanceof MultipartError) return 'refused';
          throw error;
        }
      },
      async close() {},
    };
  },
};
