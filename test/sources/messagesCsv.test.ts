import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pick, readBytes } from './reading.ts';

const read = (content: string | Uint8Array, name = 'm.csv') => readBytes('messages', name, content);
const header = 'platform,message_id,author_id,created_at,kind,text,extra\n';
const record = (id: string, text = 'gelato', extra = '') =>
  `x,${id},7,2026-03-01T09:30:00Z,post,${text},${extra}\n`;

describe('messages as CSV', () => {
  it('numbers records by the line on which they begin, whatever their fields hold', async () => {
    const { rows, findings } = await read(
      header + record('1') + record('2', '"a\nb\r\n""c"", d"') + record('3', 'e', 'f'),
    );
    expect(pick(rows, 'line', 'message_id', 'text', 'unmapped_fields')).toEqual([
      [2, 'x:1', 'gelato', 0],
      [3, 'x:2', 'a\nb\r\n"c", d', 0],
      [6, 'x:3', 'e', 1],
    ]);
    expect(findings).toEqual({ 'unmapped:extra': 1 });
  });

  it.each([';', '\t'])(
    'finds the delimiter %j in the header, a byte order mark and CRLF',
    async delimiter => {
      const content = `\ufeff${header}${record('1')}`.replaceAll(',', delimiter).replaceAll('\n', '\r\n');
      const { rows } = await read(content);
      expect(pick(rows, 'line', 'message_id', 'text')).toEqual([[2, 'x:1', 'gelato']]);
    },
  );

  it('keeps the good records of a bad file', async () => {
    const { rows, refusals, findings } = await read(
      Buffer.concat([
        Buffer.from(
          [header, record('1'), '\n', record('2', '"never closed'), 'x,1\n', record('3', '"x"y')].join(''),
        ),
        Buffer.from(record('4', 'caf\xe9'), 'latin1'),
        Buffer.from(record('5', 'a\0b') + record('6', '5" pipe')),
      ]),
    );
    expect(pick(rows, 'line', 'message_id', 'text')).toEqual([
      [2, 'x:1', 'gelato'],
      [8, 'x:5', 'ab'],
      [9, 'x:6', '5" pipe'],
    ]);
    expect(pick(refusals, 'line', 'reason')).toEqual([
      [4, 'text stands after a closing quote'],
      [5, 'line has 2 fields, the header 7'],
      [6, 'text stands after a closing quote'],
      [7, 'line is not UTF-8; convert the file, for example: iconv -f latin1 -t utf-8'],
    ]);
    expect(findings).toEqual({ nul_removed: 1 });
  });

  it('lets a quote that is never closed cost one line', async () => {
    const { rows, refusals } = await read(header + record('1', '"open') + record('2') + record('3'));
    expect(pick(rows, 'line', 'message_id')).toEqual([
      [3, 'x:2'],
      [4, 'x:3'],
    ]);
    expect(pick(refusals, 'line', 'reason')).toEqual([[2, 'a quote opened on this line is never closed']]);
  });

  it.each([
    [
      'platform,id\nx,1\n',
      'm.csv: the columns message_id, author_id, created_at, kind are missing; found platform, id',
    ],
    [header.replace('extra', 'text') + record('1'), 'm.csv: column text stands twice'],
    [
      header.replaceAll('\n', '\r') + record('1').replaceAll('\n', '\r'),
      'm.csv: its lines end with a carriage return alone',
    ],
    ['{"a":1}\n', 'm.csv: none'],
  ])('says what is wrong with %j', async (content, message) => {
    if (message.endsWith('none')) expect((await read(content)).refusals).toHaveLength(1);
    else await expect(read(content)).rejects.toThrow(message);
  });

  it('reads the same rows whether DuckDB or the record reader reads them', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'é', ',', '"', '\n', '\r\n', ' ', '😀'),
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 6 }), async texts => {
        const quoted = texts.map((value, n) => record(`${n}`, `"${value.replaceAll('"', '""')}"`)).join('');
        const clean = await read(header + quoted);
        // A blank line at the end is enough to have the file read record by record.
        const careful = await read(`${header}${quoted}\n`);
        expect(careful).toEqual(clean);
        expect(pick(clean.rows, 'text').flat()).toEqual(texts.map(value => value || null));
      }),
      { numRuns: 20 },
    );
  });
});
