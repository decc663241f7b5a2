import type { Frame } from '@framegate/contracts';
import type { Thumbnail } from '@framegate/history-store';
import type { AppearanceChange } from './camera-recorder.ts';
import type { RecentPictures } from './recent-pictures.ts';
import { makeThumbnail } from './thumbnail.ts';

/** Thumbnails of what goes on, made anew when it is seen better. */
export interface Thumbnails {
  changed(change: AppearanceChange): void;
  /** Those that are due. One that fails is passed over. */
  make(nowUs: number): Promise<Thumbnail[]>;
}

interface Wanted {
  readonly change: AppearanceChange;
  readonly picture: Frame;
}

/** While something goes on: better pictures of it come again and again. */
const atMostEveryUs = 5e6;

export function createThumbnails(
  pictures: Pick<RecentPictures, 'find'>,
  onFailed: (error: unknown) => void,
): Thumbnails {
  const wanted = new Map<string, Wanted>();
  const made = new Map<string, { readonly score: number; readonly atUs: number }>();
  return {
    changed(change) {
      const { appearance, bestFrame } = change;
      const last = made.get(appearance.id);
      if (last && last.score >= appearance.bestScore) return;
      const picture = pictures.find({ cameraId: appearance.cameraId, frame: bestFrame });
      // The picture is kept from now on, as it is soon gone elsewhere.
      if (picture) wanted.set(appearance.id, { change, picture });
    },
    async make(nowUs) {
      const thumbnails: Thumbnail[] = [];
      for (const [id, { change, picture }] of wanted) {
        const { appearance } = change;
        const last = made.get(id);
        if (appearance.open && last && nowUs - last.atUs < atMostEveryUs) continue;
        wanted.delete(id);
        try {
          thumbnails.push({ appearanceId: id, jpeg: await makeThumbnail(picture, appearance.box) });
          made.set(id, { score: appearance.bestScore, atUs: nowUs });
        } catch (error) {
          onFailed(error);
        }
      }
      for (const [id, { atUs }] of made) if (nowUs - atUs > 3600e6) made.delete(id);
      return thumbnails;
    },
  };
}
