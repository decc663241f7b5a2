export type * from './page.ts';
export type * from './plot/plot.ts';
export type { Theme } from './colours.ts';
export type { RocCurve } from './plot/roc.ts';
export { rocPlot } from './plot/roc.ts';
export { renderPlot } from './plot/render-plot.ts';
export { timeText } from './plot/time-ticks.ts';
export { renderPage } from './render-page.ts';
