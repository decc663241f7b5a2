export type { Console, ConsoleDeps } from './app.ts';
export { startConsole } from './app.ts';
export { openAccess } from './access/access.ts';
export { createToken } from './access/token-list.ts';
