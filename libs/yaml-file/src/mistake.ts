/** Something that is wrong with a file, with its place. Lines and columns count from 1. */
export interface FileMistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What is wrong, where (camera, mask, key), and what to do. Without secrets. */
  readonly message: string;
}

/** `site.yaml:12:7: camera "door": …`, as editors and terminals link it. */
export function formatMistake({ file, line, column, message }: FileMistake): string {
  return `${file}:${line}:${column}: ${message}`;
}
