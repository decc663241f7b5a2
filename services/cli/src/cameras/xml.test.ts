import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementsNamed, parseXml, XmlError } from './xml.ts';

describe('reading XML from strangers', () => {
  it('gives elements by local name with their text', () => {
    const document = parseXml(
      '<?xml version="1.0"?><a:x y="1>2"><!-- <z> --><b:n> one </b:n><n/><n>two</n></a:x>',
    );
    expect(Array.from(elementsNamed(document, 'n'), ({ text }) => text)).toEqual([' one ', '', 'two']);
  });

  it("decodes XML's own five entities, once, and CDATA not at all", () => {
    const document = parseXml('<x>&lt;&amp;lt;&gt;&quot;&apos;&other;<![CDATA[&amp;<y>]]></x>');
    expect(document.children[0]?.text).toBe('<&lt;>"\'&other;&amp;<y>');
  });

  it.each([
    ['a document type', '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'],
    ['an element that is not closed', '<x><y></y>'],
    ['a tag that closes nothing', '</x>'],
    ['tags that cross', '<x><y></x></y>'],
    ['a tag without end', '<x'],
    ['a comment without end', '<x><!-- </x>'],
    ['elements that nest too deep', '<x>'.repeat(1000)],
    ['too many elements', `<x>${'<y/>'.repeat(5000)}</x>`],
  ])('refuses %s', (_what, xml) => {
    expect(() => parseXml(xml)).toThrow(XmlError);
  });

  it('never fails otherwise, whatever comes', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '/',
        '<a>',
        '</a>',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '"',
        '&lt;',
        ' ',
        '<?',
        '?>',
      ),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        try {
          parseXml(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(XmlError);
        }
      }),
    );
  });
});
