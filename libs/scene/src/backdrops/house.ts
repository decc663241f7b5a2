import { rgb, shaded, type Paint } from '../painting/paint.ts';
import { pick } from '../random.ts';
import type { Canvas } from './backdrop.ts';
import { rectangle } from './shapes.ts';

/** A rectangle of the picture, pixels. */
interface Wall {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly foot: number;
  /** Pixels of a metre at the wall. */
  readonly metre: number;
}

const plasters: readonly [Paint, ...Paint[]] = [
  rgb(206, 184, 150),
  rgb(168, 96, 74),
  rgb(196, 196, 188),
  rgb(152, 128, 108),
  rgb(214, 202, 176),
  rgb(134, 74, 62),
  rgb(176, 186, 180),
];
const awnings: readonly [Paint, ...Paint[]] = [
  rgb(160, 44, 44),
  rgb(40, 96, 72),
  rgb(44, 72, 128),
  rgb(206, 148, 44),
];
const frame = rgb(232, 230, 222);
const pane = rgb(70, 88, 104);
const shadow = rgb(20, 20, 24, 0.35);

/** A house front: courses of brick, rows of windows, and a shop or a door at street level. */
export function paintHouse(canvas: Canvas, wall: Wall): void {
  const { random } = canvas;
  const plaster = pick(plasters, random());
  const height = wall.foot - wall.top;
  rectangle(canvas, wall.left, wall.top, wall.width, height, plaster, -12);
  paintCourses(canvas, wall, plaster);
  const storey = wall.metre * 3;
  const ground = wall.foot - storey * 1.05;
  rectangle(
    canvas,
    wall.left,
    ground - wall.metre * 0.25,
    wall.width,
    wall.metre * 0.22,
    shaded(plaster, 1.18),
  );
  for (let floor = ground - storey; floor > wall.top - storey; floor -= storey) {
    paintWindows(canvas, wall, floor, storey);
  }
  if (random() < 0.6) paintShop(canvas, wall, ground);
  else paintDoors(canvas, wall, ground, plaster);
  rectangle(
    canvas,
    wall.left,
    wall.foot - wall.metre * 0.3,
    wall.width,
    wall.metre * 0.3,
    shaded(plaster, 0.62),
  );
  rectangle(canvas, wall.left + wall.width - 3, wall.top, 3, height, shadow);
}

function paintCourses(canvas: Canvas, wall: Wall, plaster: Paint): void {
  const { random } = canvas;
  const brick = Math.max(5, wall.metre * 0.16);
  for (let y = wall.top; y < wall.foot; y += brick) {
    rectangle(canvas, wall.left, y, wall.width, 1, { ...shaded(plaster, 0.8), opacity: 0.5 });
    for (let x = wall.left + random() * brick; x < wall.left + wall.width - brick * 2.2; x += brick * 2.2) {
      const tone = 0.82 + 0.32 * random();
      rectangle(canvas, x, y, brick * 2, brick - 1, { ...shaded(plaster, tone), opacity: 0.4 });
    }
  }
}

function paintWindows(canvas: Canvas, wall: Wall, top: number, storey: number): void {
  const { random } = canvas;
  const count = Math.max(1, Math.floor(wall.width / (wall.metre * 2)));
  const width = wall.metre * 1.05;
  const height = storey * 0.56;
  for (let index = 0; index < count; index++) {
    const left = wall.left + ((index + 0.5) * wall.width) / count - width / 2;
    const border = wall.metre * 0.09;
    rectangle(canvas, left - border, top - border, width + 2 * border, height + 2 * border, frame);
    rectangle(canvas, left, top, width, height, shaded(pane, 0.7 + 0.7 * random()), 28);
    if (random() < 0.5) rectangle(canvas, left, top, width * 0.3, height, rgb(226, 220, 206, 0.7), -20);
    rectangle(canvas, left + width / 2 - 1, top, 3, height, frame);
    rectangle(canvas, left, top + height * 0.4, width, 3, frame);
    rectangle(
      canvas,
      left - border * 2,
      top + height + border,
      width + border * 4,
      border,
      shaded(frame, 0.75),
    );
  }
}

function paintShop(canvas: Canvas, wall: Wall, top: number): void {
  const { random, painter } = canvas;
  const inset = wall.metre * 0.35;
  const left = wall.left + inset;
  const width = wall.width - 2 * inset;
  const head = top + wall.metre * 0.55;
  rectangle(canvas, left, head, width, wall.foot - head, rgb(38, 44, 50), 30);
  for (let item = 0; item < width / (wall.metre * 0.45); item++) {
    const size = wall.metre * (0.15 + 0.3 * random());
    const x = left + random() * (width - size);
    rectangle(
      canvas,
      x,
      wall.foot - wall.metre * 0.5 - size,
      size,
      size,
      rgb(120 + 120 * random(), 100 + 90 * random(), 70 + 90 * random(), 0.6),
    );
  }
  painter.polygon(
    [left, head + 4, left + width * 0.3, head + 4, left + width * 0.1, wall.foot, left, wall.foot],
    rgb(190, 208, 220, 0.16),
  );
  const awning = pick(awnings, random());
  const stripes = Math.max(4, Math.round(width / (wall.metre * 0.4)));
  for (let stripe = 0; stripe < stripes; stripe++) {
    const x = left + (stripe * width) / stripes;
    const paint = stripe % 2 === 0 ? awning : rgb(236, 232, 222);
    rectangle(canvas, x, top, width / stripes, wall.metre * 0.7, paint, -36);
  }
  rectangle(canvas, left, top + wall.metre * 0.7, width, wall.metre * 0.14, shadow);
}

function paintDoors(canvas: Canvas, wall: Wall, top: number, plaster: Paint): void {
  const { random } = canvas;
  const count = Math.max(2, Math.floor(wall.width / (wall.metre * 2.3)));
  const door = Math.floor(random() * count);
  for (let index = 0; index < count; index++) {
    const left = wall.left + ((index + 0.5) * wall.width) / count - wall.metre * 0.5;
    const isDoor = index === door;
    const head = isDoor ? top + wall.metre * 0.5 : top + wall.metre * 0.7;
    const foot = isDoor ? wall.foot : wall.foot - wall.metre * 1.1;
    rectangle(canvas, left - 4, head - 4, wall.metre + 8, foot - head + 4, shaded(plaster, 0.7));
    rectangle(
      canvas,
      left,
      head,
      wall.metre,
      foot - head,
      isDoor ? pick(awnings, random()) : pane,
      isDoor ? -20 : 30,
    );
    if (!isDoor) rectangle(canvas, left + wall.metre / 2 - 1, head, 3, foot - head, frame);
  }
}
