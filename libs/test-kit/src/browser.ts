import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { need } from './need.ts';

export type { Browser, Page } from 'playwright-core';

const executablePath = process.env['FRAMEGATE_CHROMIUM'] ?? '/usr/bin/chromium';

/** Whether pages can be opened here: `describe.skipIf(!needBrowser())`. */
export function needBrowser(): boolean {
  return need(
    'Chromium',
    () => existsSync(executablePath),
    'install chromium, or name it in FRAMEGATE_CHROMIUM',
  );
}

/** Debian's Chromium without a screen; its own sandbox needs rights that containers lack. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}
