import type { Frame } from '@framegate/contracts';
import type { AppearanceBox } from '@framegate/history-store';
import { maxThumbnailBytes } from '@framegate/history-store';
import sharp from 'sharp';

const width = 320;
const height = 240;
/** What stands around somebody tells what he does: so much of the box's longer side on each side. */
const margin = 0.4;

/**
 * A picture of what is in the box with what is around it, at most 320x240 and 20 KB.
 * @param box in source pixels
 */
export async function makeThumbnail(frame: Frame, box: AppearanceBox): Promise<Uint8Array> {
  const cut = cutAround(frame, box);
  for (const quality of [78, 60, 40, 20]) {
    const jpeg = await sharp(frame.jpeg)
      .extract(cut)
      .resize(width, height, { fit: 'inside', withoutEnlargement: false })
      .jpeg({ quality })
      .toBuffer();
    if (jpeg.byteLength <= maxThumbnailBytes) return Uint8Array.from(jpeg);
  }
  throw new Error(`no thumbnail of ${frame.cameraId} within ${maxThumbnailBytes} bytes`);
}

interface Cut {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** In pixels of the JPEG, in the thumbnail's shape where the picture is large enough. */
export function cutAround(
  frame: Pick<Frame, 'width' | 'height' | 'sourceWidth'>,
  [x, y, boxWidth, boxHeight]: AppearanceBox,
): Cut {
  const scale = frame.width / frame.sourceWidth;
  const around = (1 + 2 * margin) * scale;
  const wantedHeight = Math.max(boxHeight, (boxWidth * height) / width) * around;
  const cutWidth = clamp(Math.round((wantedHeight * width) / height), 16, frame.width);
  const cutHeight = clamp(Math.round(wantedHeight), 12, frame.height);
  const left = Math.round((x + boxWidth / 2) * scale - cutWidth / 2);
  const top = Math.round((y + boxHeight / 2) * scale - cutHeight / 2);
  return {
    left: clamp(left, 0, frame.width - cutWidth),
    top: clamp(top, 0, frame.height - cutHeight),
    width: cutWidth,
    height: cutHeight,
  };
}

function clamp(value: number, min: number, max: number): number {
  return Math.max(0, Math.min(max, Math.max(min, value)));
}
