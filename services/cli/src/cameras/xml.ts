/** An element without its attributes and its namespace: what reading a small reply needs. */
export interface XmlElement {
  /** Without the prefix. */
  readonly name: string;
  /** All text directly in it. */
  text: string;
  readonly children: XmlElement[];
}

export class XmlError extends Error {
  override readonly name = 'XmlError';
}

const maxDepth = 32;
const maxElements = 2000;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
/** Constructs that are passed over, and how they end. */
const passedOver = [
  ['<?', '?>'],
  ['<!--', '-->'],
] as const;

/**
 * Reads XML from a stranger: no document type, hence no entities but the five of XML itself, bounded depth and
 * size, time linear in the length. Returns a root without name that holds the document's element.
 * @throws {XmlError}
 */
export function parseXml(xml: string): XmlElement {
  const root: XmlElement = { name: '', text: '', children: [] };
  const open = [root];
  let elements = 0;
  for (let at = 0; at < xml.length;) {
    const parent = open.at(-1) ?? root;
    const tag = xml.indexOf('<', at);
    parent.text += decodeEntities(xml.slice(at, tag < 0 ? undefined : tag));
    if (tag < 0) break;
    const skipped = passedOver.find(([begin]) => xml.startsWith(begin, tag));
    if (skipped) {
      at = endOf(xml, skipped[1], tag);
    } else if (xml.startsWith('<![CDATA[', tag)) {
      at = endOf(xml, ']]>', tag);
      parent.text += xml.slice(tag + '<![CDATA['.length, at - ']]>'.length);
    } else if (xml.startsWith('<!', tag)) {
      throw new XmlError('a document type is not allowed');
    } else {
      at = endOfTag(xml, tag);
      const closes = xml[tag + 1] === '/';
      const name = localName(xml.slice(tag + (closes ? 2 : 1), at - 1));
      if (closes) {
        if (open.length === 1 || open.pop()?.name !== name) throw new XmlError(`</${name}> closes nothing`);
        continue;
      }
      const element: XmlElement = { name, text: '', children: [] };
      parent.children.push(element);
      elements += 1;
      if (elements > maxElements) throw new XmlError(`more than ${maxElements} elements`);
      if (xml[at - 2] !== '/') open.push(element);
      if (open.length > maxDepth) throw new XmlError(`elements nest deeper than ${maxDepth}`);
    }
  }
  if (open.length > 1) throw new XmlError(`<${open.at(-1)?.name}> is not closed`);
  return root;
}

/** All elements of that name, however deep, in order. */
export function* elementsNamed(element: XmlElement, name: string): Generator<XmlElement> {
  for (const child of element.children) {
    if (child.name === name) yield child;
    yield* elementsNamed(child, name);
  }
}

function endOf(xml: string, end: string, from: number): number {
  const at = xml.indexOf(end, from);
  if (at < 0) throw new XmlError(`${end} is missing`);
  return at + end.length;
}

/** Behind the `>` of a tag; one in a quoted attribute is none. */
function endOfTag(xml: string, from: number): number {
  let quote = '';
  for (let at = from; at < xml.length; at++) {
    const character = xml[at] ?? '';
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at + 1;
  }
  throw new XmlError('a tag is not closed');
}

function localName(tag: string): string {
  const [, name] = /^(?:[\w.-]+:)?([\w.-]+)(?=[\s/]|$)/.exec(tag) ?? [];
  if (name === undefined) throw new XmlError('a tag has no name');
  return name;
}

function decodeEntities(text: string): string {
  return text.replaceAll(/&(\w{1,8});/g, (whole, name: string) => entities[name] ?? whole);
}
