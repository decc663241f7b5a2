import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSite } from '@framegate/site-file';
import { parseDeclaration } from '@framegate/slo-file';
import { parseSource, SourceError } from '@framegate/video-source';
import { mutateText, oddText, pick } from '../mutate.ts';
import type { Outcome, Target } from '../target.ts';

const deploy = join(import.meta.dirname, '../../../deploy');
const env = { CAMERA_USER: 'u', CAMERA_PASSWORD: 'p:@/ü' };

function textTarget(
  name: string,
  share: number,
  seeds: () => readonly string[],
  read: (text: string) => Outcome,
): Target {
  return {
    name,
    share,
    boundMs: 1000,
    async open() {
      const texts = seeds();
      return {
        make: (random) => [
          Buffer.from(mutateText(random, random() < 0.02 ? oddText(random) : pick(random, texts))),
        ],
        run: async ([text]) => read(Buffer.from(text ?? []).toString()),
        async close() {},
      };
    },
  };
}

const example = (file: string) => (): string[] => [readFileSync(join(deploy, file), 'utf8')];

export const siteFiles = textTarget('site-files', 0.025, example('site.example.yaml'), (text) =>
  'mistakes' in parseSite(text, 'site.yaml', env) ? 'refused' : 'taken',
);

export const sloFiles = textTarget('slo-files', 0.025, example('slo.example.yaml'), (text) =>
  'mistakes' in parseDeclaration(text, 'slo.yaml', { cores: 2, partitions: 4 }) ? 'refused' : 'taken',
);

const sources = [
  'rtsp://user:pass@192.0.2.10:554/stream1?a=b',
  'mjpeg+http://192.0.2.11/video.mjpg',
  'http://[2001:db8::1]:8080/snapshot.jpg',
  'scene:street?seed=3&size=640x360&fps=5',
  'file:///tmp/a%20b.mp4',
  '/dev/video0',
];
export const sourceTexts = textTarget(
  'sources',
  0.04,
  () => sources,
  (text) => {
    try {
      parseSource(text);
      return 'taken';
    } catch (error) {
      if (error instanceof SourceError) return 'refused';
      throw error;
    }
  },
);
