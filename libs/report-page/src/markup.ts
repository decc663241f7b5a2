/** Text that is markup already. Only this module makes it, so whatever else reaches a page is escaped. */
export interface Markup {
  readonly markup: string;
}

type Child = Markup | string | number | null | undefined | false | readonly Child[];
type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Void in HTML, and closed so that SVG reads as XML, too. */
const selfClosing = new Set(['meta', 'img', 'br', 'path', 'line', 'rect', 'circle']);
/** XML 1.0 has no way to write these. */
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** An element of HTML or SVG. Strings are escaped; `true` writes a bare attribute, `null`, `undefined` and `false` none. */
export function element(name: string, attributes: Attributes, ...children: readonly Child[]): Markup {
  const opening = `<${name}${attributeText(attributes)}`;
  if (selfClosing.has(name) && children.length === 0) return { markup: `${opening}/>` };
  return { markup: `${opening}>${childText(children)}</${name}>` };
}

/** Several pieces one after another. */
export function fragment(...children: readonly Child[]): Markup {
  return { markup: childText(children) };
}

/** A style sheet of our own: `<` can't occur in it. */
export function styleElement(css: string): Markup {
  return { markup: `<style>${css.replaceAll('<', '')}</style>` };
}

/** JSON that programs find in the page; no browser runs it. */
export function jsonElement(id: string, value: unknown): Markup {
  const json = JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
  return {
    markup: `<script type="application/json"${attributeText({ id })}>${json}</script>`,
  };
}

function escapeText(text: string): string {
  return text.replace(forbidden, '\ufffd').replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

function childText(child: Child): string {
  if (child === null || child === undefined || child === false) return '';
  if (typeof child === 'string') return escapeText(child);
  if (typeof child === 'number') return String(child);
  return 'markup' in child ? child.markup : child.map(childText).join('');
}

function attributeText(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => {
      if (value === null || value === undefined || value === false) return '';
      return value === true ? ` ${name}=""` : ` ${name}="${escapeText(String(value))}"`;
    })
    .join('');
}
