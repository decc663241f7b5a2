import { describe, expect, expectTypeOf, it } from 'vitest';
import { parseBenchOptions } from './bench-options.ts';

const table = {
  json: { type: 'boolean', default: false },
  clips: { type: 'string' },
  cameras: { type: 'number', default: 50, from: 1, whole: true },
  seconds: { type: 'number', above: 0 },
  motion: { type: 'number', default: 0, from: 0, to: 1 },
  seeds: { type: 'numbers', default: [101, 102], from: 0, whole: true },
  loads: { type: 'numbers', above: 0 },
  runs: { type: 'ranges' },
  rate: { type: 'name', oneOf: ['quality', 'constant'], default: 'quality' },
  parts: { type: 'names', oneOf: ['trials', 'costs'] },
  size: { type: 'size', default: { width: 1280, height: 720 } },
} as const;
const parse = (...args: string[]) => parseBenchOptions(table, args);
const defaults = {
  json: false,
  clips: undefined,
  cameras: 50,
  seconds: undefined,
  motion: 0,
  seeds: [101, 102],
  loads: undefined,
  runs: undefined,
  rate: 'quality',
  parts: undefined,
  size: { width: 1280, height: 720 },
};

describe('parseBenchOptions', () => {
  it('gives defaults, and undefined where there is none', () => {
    expect(parse()).toEqual({ values: defaults });
  });

  it('gives numbers, lists, names and sizes for their texts', () => {
    const numbers = ['--cameras', '8', '--seconds=0.5', '--motion', '1', '--seeds', '0,7', '--loads', '2'];
    const others = [
      '--json',
      '--clips',
      'a,b',
      '--rate',
      'constant',
      '--parts',
      'costs,trials',
      '--runs',
      '7,1-3,2',
    ];
    expect(parse(...numbers, ...others, '--size', '640x360')).toEqual({
      values: {
        json: true,
        clips: 'a,b',
        cameras: 8,
        seconds: 0.5,
        motion: 1,
        seeds: [0, 7],
        loads: [2],
        runs: [7, 1, 2, 3],
        rate: 'constant',
        parts: ['costs', 'trials'],
        size: { width: 640, height: 360 },
      },
    });
  });

  it('knows the type of each value', () => {
    const parsed = parse();
    if ('mistakes' in parsed) throw new Error(parsed.mistakes.join());
    expectTypeOf(parsed.values).toEqualTypeOf<{
      readonly json: boolean;
      readonly clips: string | undefined;
      readonly cameras: number;
      readonly seconds: number | undefined;
      readonly motion: number;
      readonly seeds: readonly number[];
      readonly loads: readonly number[] | undefined;
      readonly runs: readonly number[] | undefined;
      readonly rate: 'quality' | 'constant';
      readonly parts: readonly ('trials' | 'costs')[] | undefined;
      readonly size: { readonly width: number; readonly height: number };
    }>();
  });

  it('takes the last of an option that is given twice', () => {
    expect(parse('--cameras', '8', '--cameras', '9')).toEqual({ values: { ...defaults, cameras: 9 } });
  });

  it('tells all mistakes at once', () => {
    expect(parse('--cameras', 'nope', '--seconds', '-1', '--seeds', '1,x', '--camera=2', 'more')).toEqual({
      mistakes: [
        "--cameras is 'nope', expected a whole number from 1",
        "--seconds is '-1', expected a number above 0",
        "--seeds is '1,x', expected whole numbers from 0, with commas between",
        '--camera is no option here, expected some of --json, --clips, --cameras, --seconds, --motion, --seeds, ' +
          '--loads, --runs, --rate, --parts, --size',
        "'more' belongs to no option",
      ],
    });
  });

  it.each([
    ['--cameras=0', "--cameras is '0', expected a whole number from 1"],
    ['--cameras=1.5', "--cameras is '1.5', expected a whole number from 1"],
    ['--cameras=', "--cameras is '', expected a whole number from 1"],
    ['--cameras', '--cameras has no value, expected a whole number from 1'],
    ['--seconds=0', "--seconds is '0', expected a number above 0"],
    ['--seconds=Infinity', "--seconds is 'Infinity', expected a number above 0"],
    ['--motion=-0.1', "--motion is '-0.1', expected a number from 0 up to 1"],
    ['--motion=20', "--motion is '20', expected a number from 0 up to 1"],
    ['--seeds=1,,2', "--seeds is '1,,2', expected whole numbers from 0, with commas between"],
    ['--loads=1,0', "--loads is '1,0', expected numbers above 0, with commas between"],
    ['--rate=fast', "--rate is 'fast', expected one of quality, constant"],
    ['--runs=x', "--runs is 'x', expected whole numbers and rising ranges of up to 1000 as 1-3,7"],
    ['--runs=3-1', "--runs is '3-1', expected whole numbers and rising ranges of up to 1000 as 1-3,7"],
    ['--runs=1-1001', "--runs is '1-1001', expected whole numbers and rising ranges of up to 1000 as 1-3,7"],
    [
      '--parts=costs,a*',
      "--parts is 'costs,a*', expected some of trials, costs, with commas between and * for any part",
    ],
    ['--size=12', "--size is '12', expected WIDTHxHEIGHT as 1280x720, even and from 64 up to 8192"],
    ['--size=641x360', "--size is '641x360', expected WIDTHxHEIGHT as 1280x720, even and from 64 up to 8192"],
    ['--json=yes', "--json is 'yes', expected no value"],
  ])('refuses %s', (arg, mistake) => {
    expect(parse(arg)).toEqual({ mistakes: [mistake] });
  });

  it('takes a star for any part of a name, and each name once', () => {
    expect(parse('--parts', 'c*,*')).toEqual({ values: { ...defaults, parts: ['costs', 'trials'] } });
  });

  it('takes no option for the value of another', () => {
    expect(parse('--clips', '--json')).toEqual({ mistakes: ['--clips has no value, expected a text'] });
    expect(parse('--clips=--json')).toMatchObject({ values: { clips: '--json' } });
  });
});
