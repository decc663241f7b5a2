import { api } from './api.ts';
import { cameras } from './cameras.ts';
import { siteFiles, sloFiles, sourceTexts } from './files.ts';
import { messages } from './messages.ts';
import { multipart } from './multipart.ts';
import { pictures } from './pictures.ts';
import { spoolFiles } from './spool-files.ts';
import type { Target } from '../target.ts';

export const targets: readonly Target[] = [
  messages,
  multipart,
  sourceTexts,
  siteFiles,
  sloFiles,
  spoolFiles,
  api,
  pictures,
  cameras,
];
