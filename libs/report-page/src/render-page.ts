import { renderBlock } from './blocks/block.ts';
import type { Markup } from './markup.ts';
import { element, fragment, jsonElement, styleElement } from './markup.ts';
import { pageStyle } from './page-style.ts';
import type { Page, PageData, Section } from './page.ts';

/** No script, nothing fetched: whatever a text may smuggle in, a browser runs none of it. */
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/**
 * One HTML file that needs nothing else.
 * @throws RangeError a picture that isn't a `data:image/` URL, or a data file that isn't beside the page
 */
export function renderPage(page: Page): string {
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'color-scheme', content: 'light dark' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    element('title', {}, page.title),
    styleElement(pageStyle),
  );
  const body = element(
    'body',
    {},
    element(
      'header',
      {},
      element('h1', {}, page.title),
      page.lead && element('p', { class: 'lead' }, page.lead),
    ),
    element('main', {}, page.sections.map(renderSection)),
    footer(page),
    page.data?.json !== undefined && jsonElement('report', page.data.json),
  );
  return `<!doctype html>\n${element('html', { lang: 'en' }, head, body).markup}\n`;
}

function renderSection({ heading, blocks }: Section, i: number): Markup {
  const id = `section-${i + 1}`;
  return element(
    'section',
    { 'aria-labelledby': id },
    element('h2', { id }, heading),
    blocks.map((block, at) => renderBlock(block, `${id}-${at + 1}`)),
  );
}

function footer({ command, environment, madeAt, data }: Page): Markup {
  const machine = Object.entries(environment ?? {}).map(([name, value]) => `${name} ${value}`);
  return element(
    'footer',
    {},
    command !== undefined &&
      fragment(element('p', {}, 'Made by'), element('pre', {}, element('code', {}, command))),
    machine.length > 0 && element('p', {}, `On: ${machine.join(' · ')}`),
    madeAt && element('p', {}, element('time', { datetime: madeAt.toISOString() }, madeAt.toISOString())),
    data && dataNote(data),
  );
}

function dataNote({ json, href }: PageData): Markup {
  return fragment(
    href !== undefined && element('p', {}, 'Data: ', element('a', { href: beside(href) }, href)),
    json !== undefined &&
      element('p', {}, 'The data is in this file, as JSON: ', element('code', {}, 'script#report'), '.'),
  );
}

function beside(href: string): string {
  if (/^[\w.-]+$/.test(href)) return `./${href}`;
  throw new RangeError(`data.href "${href}" is no name of a file beside the page`);
}
