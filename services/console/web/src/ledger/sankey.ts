import type { Place } from './flows.ts';

export interface Node {
  readonly place: Place;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export interface Ribbon {
  readonly id: string;
  readonly place: Place;
  /** An SVG path. */
  readonly path: string;
}

export interface Sankey {
  readonly nodes: readonly Node[];
  readonly ribbons: readonly Ribbon[];
  readonly height: number;
}

export interface SankeyOptions {
  readonly width: number;
  /** What all frames are high, pixels; everything else is in proportion. */
  readonly fullHeight: number;
  readonly nodeWidth: number;
  /** Room for the words beside a node, pixels. */
  readonly labelHeight: number;
  readonly labelWidth: number;
}

/** Thinner than this nothing is seen. */
const leastHeight = 2;
const gap = 8;

/** Lays a tree of flows out in columns, each place as high as its share of all, in the order of the tree. */
export function layOut(root: Place, options: SankeyOptions): Sankey {
  const { width, fullHeight, nodeWidth, labelHeight, labelWidth } = options;
  const columns = depthOf(root);
  const step = columns > 1 ? (width - nodeWidth - labelWidth) / (columns - 1) : 0;
  const scale = root.count === 0 ? 0 : fullHeight / root.count;
  /** Where the next node of each column may begin. */
  const free: number[] = [];
  const nodes: Node[] = [];
  const ribbons: Ribbon[] = [];

  const put = (place: Place, column: number, wantedY: number): Node => {
    const height = Math.max(leastHeight, place.count * scale);
    const node = { place, x: column * step, y: Math.max(wantedY, free[column] ?? 0), height };
    free[column] = node.y + Math.max(height, labelHeight) + gap;
    nodes.push(node);
    let leaving = node.y;
    for (const next of place.to) {
      const thickness = next.count * scale;
      const target = put(next, column + 1, leaving);
      ribbons.push({
        id: `${place.id}-${next.id}`,
        place: next,
        path: ribbon(node.x + nodeWidth, leaving, target.x, target.y, Math.max(1, thickness)),
      });
      leaving += thickness;
    }
    return node;
  };
  put(root, 0, 0);
  return { nodes, ribbons, height: Math.max(...free) };
}

function depthOf(place: Place): number {
  return 1 + Math.max(0, ...place.to.map(depthOf));
}

function ribbon(x1: number, y1: number, x2: number, y2: number, thickness: number): string {
  const middle = (x1 + x2) / 2;
  const [end1, end2] = [y1 + thickness, y2 + thickness];
  return `M${x1},${y1} C${middle},${y1} ${middle},${y2} ${x2},${y2} L${x2},${end2} C${middle},${end2} ${middle},${end1} ${x1},${end1} Z`;
}
