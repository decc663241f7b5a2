import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { element, fragment, jsonElement, styleElement } from './markup.ts';

describe('markup', () => {
  it('escapes every text and every attribute', () => {
    const hostile = `"><script>alert('x')</script>&`;
    const { markup } = element('p', { title: hostile }, hostile);
    expect(markup).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">' +
        '&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</p>',
    );
  });

  it('lets no text open a tag or leave its attribute', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '\u0000', 'a', 'é') }),
        (text) => {
          const { markup } = element('p', { title: text }, text);
          expect(markup.match(/</g)).toHaveLength(2);
          expect(markup.match(/"/g)).toHaveLength(2);
        },
      ),
    );
  });

  it('writes what XML can not hold as a replacement character', () => {
    expect(fragment('a\u0000b\u001bc').markup).toBe('a\ufffdb\ufffdc');
  });

  it('leaves out what is absent', () => {
    expect(element('p', { a: null, b: undefined, c: false, d: true }, null, false, [undefined]).markup).toBe(
      '<p d=""></p>',
    );
  });

  it('embeds JSON that can not end its element and reads back the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { markup } = jsonElement('report', [value, '</script><!--']);
        const json = markup.slice(markup.indexOf('>') + 1, -'</script>'.length);
        expect(json).not.toContain('<');
        expect(JSON.stringify(JSON.parse(json))).toBe(JSON.stringify([value, '</script><!--']));
      }),
    );
  });

  it('lets no style sheet end its element', () => {
    expect(styleElement('a{}</style><script>').markup).toBe('<style>a{}/style>script></style>');
  });
});
