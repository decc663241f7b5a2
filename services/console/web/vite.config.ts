import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { UserConfig } from 'vite';

const config: UserConfig = {
  root: import.meta.dirname,
  plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
  cacheDir: join(import.meta.dirname, '../.framegate/vite'),
  build: {
    target: 'es2023',
    emptyOutDir: true,
    reportCompressedSize: false,
    // The Content-Security-Policy takes no data: URLs and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // For work on the pages: `pnpm exec vite services/console/web` beside a running demo.
  server: {
    proxy: { '/v1': { target: 'http://127.0.0.1:8480', ws: true }, '/openapi.json': 'http://127.0.0.1:8480' },
  },
};

export default config;
