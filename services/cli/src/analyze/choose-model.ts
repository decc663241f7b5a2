import { AssetError } from '@framegate/assets';
import type { ResolvedModel } from '@framegate/object-detector';

const preferred = 'yolox-nano-416';
/** Part of this project, so always there; it knows the people and cars of the synthetic scenes. */
const own = 'street-nano';

export interface ChosenModel {
  readonly model: ResolvedModel;
  /** Why it is not the one that real pictures need. */
  readonly note?: string;
}

/**
 * The model that was asked for, or else the best one at hand.
 * @throws what `find` throws when it can't be used
 */
export async function chooseModel(
  name: string | undefined,
  find: (name: string) => Promise<ResolvedModel>,
): Promise<ChosenModel> {
  if (name !== undefined) return { model: await find(name) };
  try {
    return { model: await find(preferred) };
  } catch (error) {
    // A file with the wrong content is there to be put right, not to be passed over.
    if (!(error instanceof AssetError) || error.code === 'CHECKSUM') throw error;
    const note = `using ${own}, made for synthetic scenes: ${error.message}`;
    return { model: await find(own), note };
  }
}
