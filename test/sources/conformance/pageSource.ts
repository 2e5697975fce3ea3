import { z } from 'zod';
import { FatalError } from '../../../contracts/errors.ts';
import { parsedBody } from '../../../sources/http/parsedBody.ts';
import type { PoliteClient } from '../../../sources/http/politeClient.ts';
import { asObject, countUnknown, misfit } from '../../../sources/knownFields.ts';
import type { LiveSource } from '../../../sources/liveSource.ts';
import type { Secrets } from '../../../sources/secrets.ts';
import type { Mapper } from '../../../sources/source.ts';

const noteSchema = z.object({ id: z.string(), at: z.string(), text: z.string() });

const mapper: Mapper = {
  format: 'mastodon',
  *map(document, findings, context) {
    const { notes = [] } = asObject(document) as { notes?: unknown[] };
    for (const note of notes) {
      const parsed = noteSchema.safeParse(note);
      if (!parsed.success) {
        yield { fields: {}, refused: misfit(parsed.error) };
        continue;
      }
      const { id, at, text } = parsed.data;
      const unmapped = countUnknown(noteSchema, note, '', findings);
      yield { unmapped, fields: { platform: 'notes', message_id: id, created_at: at, text } };
    }
    if (context?.query.kind !== 'refresh') return;
    const there = new Set(notes.map(note => asObject(note)?.id));
    for (const id of context.query.subjects)
      if (!there.has(id)) yield { fields: { platform: 'notes', message_id: id, deleted: 'true' } };
  },
};

/** The smallest network that there could be: the suite is tried on it. */
export function openPages(service: string, client: PoliteClient, { token }: Secrets): LiveSource {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return {
    mapper,
    standing: [],
    follows: { refresh: 3 },
    async page({ query, cursor, signal }) {
      const what =
        query.kind === 'refresh' ? `byId?ids=${query.subjects.join()}` : `notes?from=${cursor ?? 0}`;
      const url = `${service}/${what}`;
      const answer = await client.ask({ url, headers, signal });
      if (answer.status === 401 || answer.status === 403) {
        throw new FatalError(`${new URL(url).host} refuses the token`, { next: 'set another one' });
      }
      const body = asObject(parsedBody(answer, url));
      if (!Array.isArray(body?.notes)) throw new Error('the answer is no page');
      const next = body.next == null ? undefined : String(body.next);
      return {
        body: answer.body,
        status: answer.status,
        next: next === cursor ? undefined : next,
        posts: body.notes.length,
      };
    },
    async close() {},
  };
}
