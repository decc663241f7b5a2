import sharp from 'sharp';
import type { ConditionPictures } from './condition-pictures.ts';
import type { Thumbnail } from './thumbnail.ts';

const quality = 72;
const gap = 4;
const heading = 26;
/** What a reader compares with; the page shows all. */
const shownGates = ['framegate', 'frigate', 'mog2', 'difference'];

export async function jpegDataUrl({ width, height, data }: Thumbnail): Promise<string> {
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
  return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
}

/** All conditions as one picture: a row for each, a column for each gate. */
export async function stripOf(conditions: readonly ConditionPictures[]): Promise<Buffer> {
  const first = conditions[0]?.pictures[0]?.image;
  if (!first) throw new Error('there are no pictures to make a strip of');
  const gates = shownGates.filter((gate) => conditions[0]?.pictures.some((picture) => picture.gate === gate));
  const cell = { width: first.width + gap, height: first.height + gap };
  const size = { width: cell.width * gates.length - gap, height: heading + cell.height * conditions.length };
  const tiles = conditions.flatMap(({ pictures }, row) =>
    gates.flatMap((gate, column) => {
      const picture = pictures.find((each) => each.gate === gate)?.image;
      if (!picture) return [];
      const { width, height, data } = picture;
      const place = { left: column * cell.width, top: heading + row * cell.height };
      return [{ input: Buffer.from(data), raw: { width, height, channels: 3 as const }, ...place }];
    }),
  );
  const texts = [
    ...gates.map((gate, column) => textAt(column * cell.width + 4, 18, gate)),
    ...conditions.map(({ condition }, row) => labelAt(4, heading + row * cell.height + 16, condition)),
  ];
  const writing = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">${texts.join('')}</svg>`;
  return sharp({ create: { ...size, channels: 3, background: '#ffffff' } })
    .composite([...tiles, { input: Buffer.from(writing), left: 0, top: 0 }])
    .jpeg({ quality })
    .toBuffer();
}

function textAt(x: number, y: number, text: string): string {
  return `<text x="${x}" y="${y}" font-family="sans-serif" font-size="15" fill="#1b1f24">${text}</text>`;
}

function labelAt(x: number, y: number, text: string): string {
  const width = 8 * text.length + 8;
  return (
    `<rect x="${x - 2}" y="${y - 13}" width="${width}" height="17" fill="#000000" fill-opacity="0.6"/>` +
    `<text x="${x + 2}" y="${y}" font-family="sans-serif" font-size="13" fill="#ffffff">${text}</text>`
  );
}
