import { expect, test } from 'vitest';
import type { QueryKind } from '../../contracts/collection.ts';
import { politeClient } from '../../sources/http/politeClient.ts';
import { faultServer, type Reply } from '../sources/faultServer.ts';
import { opened } from './xReading.ts';

const hour = 3_600_000;
const to = Math.floor(Date.now() / hour) * hour;
const span = { from: new Date(to - hour).toISOString(), to: new Date(to).toISOString() };

/** Posts that X sent out, of which the last bytes are lost on the way. */
const cut: Reply = (_, response) => {
  const text = JSON.stringify({ data: [{ id: '1', text: 'gelato' }], meta: { result_count: 1 } });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
  response.write(text.slice(0, -10), () => response.destroy());
};

test.each<[QueryKind, number]>([
  ['search', 1],
  ['account', 1],
  ['thread', 1],
  ['records', 1],
  ['quotes', 1],
  ['refresh', 1],
  ['counts', 3],
  ['reposts', 3],
])('a page of %s over a line that is cut is asked for %i times by one reservation', async (kind, tries) => {
  const server = await faultServer(cut);
  const client = politeClient({ backoffSeconds: 0.01, tries: 3 });
  try {
    const query = { kind, label: kind, subjects: ['1'] };
    const signal = AbortSignal.timeout(10_000);
    const page = opened(server.address, {}, [], client).page({
      query,
      span,
      cursor: undefined,
      resume: undefined,
      most: 300,
      signal,
    });
    await expect(page).rejects.toThrow('broke off');
    expect(server.asked).toHaveLength(tries);
  } finally {
    await client.close();
    await server.close();
  }
});
