import type { DownloadProgress } from '@framegate/assets';
import { createProgressBar } from './progress-bar.ts';

/** Shows downloads on the terminal, each from its first bytes to its last. */
export function reportDownload(stream: NodeJS.WriteStream): (progress: DownloadProgress) => void {
  let bar = createProgressBar(stream, { label: 'download', unit: 'kB' });
  return ({ receivedBytes, totalBytes }) => {
    bar.update(Math.round(receivedBytes / 1000), Math.round(totalBytes / 1000));
    if (receivedBytes < totalBytes) return;
    bar.end();
    bar = createProgressBar(stream, { label: 'download', unit: 'kB' });
  };
}
