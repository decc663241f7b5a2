import type { Suppression } from '@framegate/motion-detection';

/** What each cause is called, and what it means for whoever sets up the camera. */
export const causes: Readonly<Record<Suppression, { readonly name: string; readonly meaning: string }>> = {
  none: { name: 'nothing to suppress', meaning: 'no change was strong enough to be looked into' },
  settling: {
    name: 'settling',
    meaning: 'the background was being learned: at the start, after a reconnect or a change of size',
  },
  'global-light': {
    name: 'global light',
    meaning: 'the light of the whole picture changed: a lamp, exposure, day to infrared',
  },
  'soft-light': {
    name: 'soft light',
    meaning: "a wide, soft change of brightness: a cloud's shadow, the glow of headlights",
  },
  flicker: { name: 'flicker', meaning: "a few changes that didn't stay: blinking, an insect" },
  precipitation: { name: 'precipitation', meaning: "many changes that didn't stay: rain, snow" },
  shake: { name: 'shake', meaning: 'the picture moved as a whole: wind on the mast, a passing lorry' },
  still: { name: 'still object', meaning: "something is there that wasn't, and doesn't move" },
};
