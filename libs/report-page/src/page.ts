import type { Plot } from './plot/plot.ts';

/** What a page says, without how it looks. All texts are plain: they are escaped. */
export interface Page {
  readonly title: string;
  /** What was measured or watched, in a sentence or two. */
  readonly lead?: string;
  readonly madeAt?: Date;
  /** What prints the same again. */
  readonly command?: string;
  /** The machine, the versions: name and value. */
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly sections: readonly Section[];
  readonly data?: PageData;
}

/** `json` goes into the page as `<script type="application/json" id="report">`; `href` is a file beside the page. */
export interface PageData {
  readonly json?: unknown;
  readonly href?: string;
}

export interface Section {
  readonly heading: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | TextBlock
  | FiguresBlock
  | VerdictsBlock
  | TableBlock
  | PlotBlock
  | TimelineBlock
  | PicturesBlock
  | CodeBlock;

/** A paragraph for each text. */
export interface TextBlock {
  readonly kind: 'text';
  readonly text: string | readonly string[];
}

/** A row of large figures. */
export interface FiguresBlock {
  readonly kind: 'figures';
  readonly figures: readonly {
    readonly label: string;
    readonly value: string | number;
    readonly unit?: string;
    readonly note?: string;
  }[];
}

/** What was promised, what came out, and whether that is reached. */
export interface VerdictsBlock {
  readonly kind: 'verdicts';
  readonly verdicts: readonly Verdict[];
}

export interface Verdict {
  readonly promise: string;
  readonly measured: string;
  /** `null`: not measured. */
  readonly reached: boolean | null;
}

export interface TableBlock {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
  /** Several groups of rows, each under its name; a column's best value is sought in each by itself. */
  readonly groups: readonly RowGroup[];
  readonly note?: string;
}

export interface Column {
  readonly label: string;
  /** How numbers are written, as d3-format reads it: `.1%`, `,.2f`. Default: as they are. */
  readonly format?: string;
  /** Marks the best value of the column. */
  readonly best?: 'lowest' | 'highest';
}

export interface RowGroup {
  readonly heading?: string;
  /** A cell for each column; the first names the row. `null`: not measured. */
  readonly rows: readonly (readonly Cell[])[];
}

export type Cell = string | number | null;

export interface PlotBlock {
  readonly kind: 'plot';
  readonly plot: Plot;
  /** Pixels of the wide picture. Default 300. */
  readonly height?: number;
}

/** What happened when: decisions, faults. */
export interface TimelineBlock {
  readonly kind: 'timeline';
  readonly events: readonly TimelineEvent[];
}

export interface TimelineEvent {
  /** As it is to be read: `1:20`, `14:03:12`. */
  readonly at: string;
  readonly title: string;
  readonly text?: string;
  /** Folded away until asked for. */
  readonly details?: readonly (readonly [name: string, value: string | number])[];
}

export interface PicturesBlock {
  readonly kind: 'pictures';
  readonly caption: string;
  readonly pictures: readonly Picture[];
}

export interface Picture {
  /** A `data:image/…` URL: a page fetches nothing. */
  readonly src: string;
  /** What is to be seen, for those who can't see it. */
  readonly alt: string;
  readonly caption: string;
  /** Pixels; needed where there are marks. */
  readonly width?: number;
  readonly height?: number;
  readonly marks?: readonly Mark[];
}

/** Something drawn over a picture: corners in pixels of its width and height. */
export interface Mark {
  readonly polygon: readonly (readonly [x: number, y: number])[];
  readonly tone: 'found' | 'expected' | 'masked' | 'hidden';
  readonly label?: string;
}

export interface CodeBlock {
  readonly kind: 'code';
  readonly code: string;
}
