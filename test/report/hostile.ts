import fc from 'fast-check';

/** What people may call themselves and their topics, where some want to break a page. */
export const hostile = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</title><script>alert(1)</script>',
    '</style><style>*{display:none}</style>',
    '<!-- -->]]><![CDATA[',
    '&lt;b&gt;&amp;&#60;i&#62;',
    '</svg></text></title></tspan><a href="javascript:alert(1)">',
    '\u202egnirts\u2066 \u0000\u0007\u001b[2J',
    'ﷺ'.repeat(80),
    'a\u0301'.repeat(200),
    '{{constructor.constructor("alert(1)")()}}',
    '`code`\nand a second line',
    '\ud800 alone \udfff',
    'x'.repeat(5000),
    ' ',
    '',
  ),
);

/** Hostile instead of harmless: the same harmless text is always said the same way, different ones differently. */
export function saying(texts: readonly string[]): (harmless: string) => string {
  const said = new Map<string, string>();
  return harmless => {
    const known = said.get(harmless) ?? `${texts[said.size % texts.length]}${said.size}`;
    said.set(harmless, known);
    return known;
  };
}
