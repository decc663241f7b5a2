export type { AllInOne, AllInOneDeps } from './app.ts';
export { startAllInOne } from './app.ts';
