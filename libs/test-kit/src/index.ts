export { eventually } from './eventually.ts';
export { findPython, has } from './installed.ts';
export { need, needFullRun } from './need.ts';
