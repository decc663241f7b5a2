import type { ControllerState } from '@framegate/control';
import { isControllerState, stateFromJson, stateToJson } from '@framegate/control';
import type { Logger } from '@framegate/service-kit';
import type { StateStore } from '@framegate/state-store';
import { z } from 'zod';
import type { OperatorState } from './operator.ts';
import { operatorStateSchema } from './operator.ts';

const key = 'controller';
const schema = 'framegate.controller-state/1';

/** What a term leaves to the next. */
export interface SavedState {
  readonly controller: ControllerState | undefined;
  readonly operator: OperatorState;
}

const savedSchema = z.object({
  schema: z.literal(schema),
  controller: z.custom<ControllerState>(isControllerState, 'lacks what this version reads').optional(),
  operator: operatorStateSchema,
});

/** Undefined where nothing was stored, or nothing that this version understands. */
export async function restore(store: StateStore, logger: Logger): Promise<SavedState | undefined> {
  try {
    const saved = await store.read(key);
    if (!saved) return undefined;
    const { controller, operator } = savedSchema.parse(stateFromJson(saved.value));
    return { controller, operator };
  } catch (error) {
    logger.warn({ err: error }, 'the state of the last controller can not be used: this one begins anew');
    return undefined;
  }
}

/** False when a newer controller has stored its own. */
export function save(store: StateStore, state: SavedState, token: number): Promise<boolean> {
  return store.write(key, stateToJson({ schema, ...state }), token);
}
