import { rgb, type Paint } from '../painting/paint.ts';
import { hashUnit, pick } from '../random.ts';

/** What one person looks like. */
export interface WalkerLook {
  readonly heightMetres: number;
  /** Width of limbs and torso against the average. */
  readonly build: number;
  readonly skin: Paint;
  readonly hair: Paint;
  readonly longHair: boolean;
  readonly top: Paint;
  readonly sleeves: Paint;
  readonly trousers: Paint;
  readonly shoes: Paint;
  /** Length of the coat or skirt below the hip, metres. */
  readonly hem: number;
  readonly bag: Paint | undefined;
}

type Palette = readonly [Paint, ...Paint[]];

const skins: Palette = [
  rgb(241, 205, 180),
  rgb(224, 178, 146),
  rgb(186, 134, 98),
  rgb(128, 86, 60),
  rgb(92, 60, 44),
];
const hairs: Palette = [
  rgb(38, 30, 28),
  rgb(74, 50, 34),
  rgb(124, 84, 48),
  rgb(196, 160, 100),
  rgb(150, 150, 152),
];
const tops: Palette = [
  rgb(190, 38, 44),
  rgb(28, 62, 120),
  rgb(238, 236, 230),
  rgb(232, 180, 48),
  rgb(36, 110, 78),
  rgb(34, 34, 40),
  rgb(222, 110, 52),
  rgb(110, 58, 120),
  rgb(70, 150, 190),
  rgb(226, 146, 160),
  rgb(96, 74, 56),
];
const trousers: Palette = [
  rgb(34, 44, 72),
  rgb(28, 28, 32),
  rgb(60, 84, 128),
  rgb(196, 178, 142),
  rgb(82, 68, 54),
  rgb(226, 224, 218),
];
const shoes: Palette = [rgb(24, 22, 22), rgb(238, 238, 238), rgb(88, 54, 32), rgb(170, 40, 40)];

/** The same seed and person give the same look. */
export function walkerLook(seed: number, id: number): WalkerLook {
  const unit = (trait: number) => hashUnit(seed, id, 1000 + trait);
  const top = pick(tops, unit(0));
  const skin = pick(skins, unit(1));
  return {
    heightMetres: 1.58 + 0.32 * unit(2),
    build: 0.9 + 0.3 * unit(3),
    skin,
    hair: pick(hairs, unit(4)),
    longHair: unit(5) < 0.35,
    top,
    sleeves: unit(6) < 0.25 ? skin : top,
    trousers: pick(trousers, unit(7)),
    shoes: pick(shoes, unit(8)),
    hem: unit(9) < 0.35 ? 0.1 + 0.35 * unit(10) : 0,
    bag: unit(11) < 0.35 ? pick(tops, unit(12)) : undefined,
  };
}
