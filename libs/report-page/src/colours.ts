/** Colours of one theme, as CSS writes them. */
export interface Colours {
  readonly paper: string;
  readonly ink: string;
  readonly faintInk: string;
  readonly rule: string;
  readonly grid: string;
  readonly good: string;
  readonly bad: string;
  readonly span: string;
  /** After Okabe and Ito (2008), told apart by colour-blind readers; made darker or lighter for contrast with the paper. */
  readonly series: readonly string[];
}

export type Theme = 'light' | 'dark';

export const colours: Readonly<Record<Theme, Colours>> = {
  light: {
    paper: '#ffffff',
    ink: '#1b1f24',
    faintInk: '#59636e',
    rule: '#8c959f',
    grid: '#e3e6ea',
    good: '#006b47',
    bad: '#b03a00',
    span: '#c77d00',
    series: ['#0065a3', '#c04a00', '#007a5a', '#9b4684', '#8a6a00', '#3d444d'],
  },
  dark: {
    paper: '#14181d',
    ink: '#e8ebef',
    faintInk: '#a3adb8',
    rule: '#6b7580',
    grid: '#2a3038',
    good: '#3fcf9b',
    bad: '#ff9466',
    span: '#e0a030',
    series: ['#5db3ec', '#ff8f52', '#3ccb9c', '#e39acb', '#e0bd4a', '#c5ccd4'],
  },
};

/** The colours of a theme as custom properties, without the braces around them. */
export function colourProperties(theme: Theme): string {
  const { series, ...others } = colours[theme];
  const named = Object.entries(others).map(([name, value]) => `--${name}:${value}`);
  return [...named, ...series.map((value, i) => `--series-${i}:${value}`)].join(';');
}

export const seriesColours = colours.light.series.length;
