import type { Document, Node } from 'yaml';
import { isAlias, isMap, isNode, isScalar, isSeq } from 'yaml';

/** Offset of the value at the path; of the innermost thing that exists, where the path leads nowhere. */
export function valueOffset(document: Document, path: readonly PropertyKey[]): number {
  let node = document.contents ?? undefined;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    const { key, value } = childOf(document, node, step);
    offset = startOf(value) ?? startOf(key) ?? offset;
    node = value;
  }
  return offset;
}

/** Offset of a key of the mapping at the path. */
export function keyOffset(document: Document, path: readonly PropertyKey[], key: string): number {
  const parent = path.reduce<Node | undefined>(
    (node, step) => childOf(document, node, step).value,
    document.contents ?? undefined,
  );
  return startOf(childOf(document, parent, key).key) ?? valueOffset(document, path);
}

function childOf(
  document: Document,
  parent: Node | undefined,
  step: PropertyKey,
): { key?: Node; value?: Node } {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isSeq(node)) return onlyNodes({ value: node.items[Number(step)] });
  if (!isMap(node)) return {};
  return onlyNodes(node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step)) ?? {});
}

function onlyNodes({ key, value }: { key?: unknown; value?: unknown }): { key?: Node; value?: Node } {
  return { ...(isNode(key) ? { key } : {}), ...(isNode(value) ? { value } : {}) };
}

function startOf(node: Node | undefined): number | undefined {
  return node?.range?.[0];
}
