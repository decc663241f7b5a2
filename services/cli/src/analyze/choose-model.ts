import type { DownloadProgress } from '@framegate/assets';
import { AssetError } from '@framegate/assets';
import type { ResolvedModel } from '@framegate/object-detector';
import { resolveModel } from '@framegate/object-detector';

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
 * @throws {ModelError | AssetError} when it can't be used
 */
export async function chooseModel(
  name: string | undefined,
  onProgress: (progress: DownloadProgress) => void,
): Promise<ChosenModel> {
  if (name !== undefined) return { model: await resolveModel(name, { onProgress }) };
  try {
    return { model: await resolveModel(preferred, { onProgress }) };
  } catch (error) {
    if (!(error instanceof AssetError) || error.code === 'CHECKSUM') throw error;
    const note = `using ${own}, made for synthetic scenes: ${error.message}`;
    return { model: await resolveModel(own), note };
  }
}
