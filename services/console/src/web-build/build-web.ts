import { argv } from 'node:process';
import { build } from 'vite';
import config from '../../web/vite.config.ts';

/** Builds the pages into the folder that is given: a program of its own, so that a server never holds a compiler. */
const [, , folder] = argv;
if (folder === undefined) throw new Error('usage: node build-web.ts <folder>');
await build({ ...config, configFile: false, logLevel: 'warn', build: { ...config.build, outDir: folder } });
