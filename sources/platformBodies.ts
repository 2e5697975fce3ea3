import { join } from 'node:path';
import type { FileFormat } from '../contracts/campaign.ts';
import type { Session } from '../engine/engine.ts';
import { bluesky } from './bluesky.ts';
import { documentsOf, unfinishedDocument } from './documents.ts';
import type { Findings } from './findings.ts';
import { mastodon } from './mastodon.ts';
import { OtherRows } from './otherTables.ts';
import { RowFile, rawColumns, rawRows, refusal } from './rawRows.ts';
import { reddit } from './reddit.ts';
import type { Mapper } from './source.ts';
import { xApiV1 } from './xApiV1.ts';
import { xApiV2 } from './xApiV2.ts';
import { youtube } from './youtube.ts';

type PlatformFormat = Exclude<FileFormat, 'messages'>;

const mappers: Record<PlatformFormat, Mapper> = {
  'x-api-v2': xApiV2,
  'x-api-v1': xApiV1,
  mastodon,
  bluesky,
  reddit,
  youtube,
};

export function mapperOf(format: PlatformFormat): Mapper {
  return mappers[format];
}

export interface PlainFile {
  path: string;
  head: Buffer;
  /** What is wrong after the last line of the file: it becomes a refused row. */
  cut: string | undefined;
}

/** Reads a platform's bodies into `raw_rows` and the tables of what they tell besides messages. */
export async function readBodies(
  session: Session,
  file: PlainFile,
  mapper: Mapper,
  findings: Findings,
  options: { scratch: string; signal: AbortSignal },
): Promise<void> {
  const rows = new RowFile(join(options.scratch, 'bodies.ndjson'));
  const others = new OtherRows(options.scratch);
  try {
    let line = 0;
    for await (const document of documentsOf(file.path, file.head, options.signal)) {
      line = document.line;
      if ('refused' in document) {
        const isCut = file.cut !== undefined && document.refused === unfinishedDocument;
        if (!isCut) await rows.add(line, refusal(document.refused));
        continue;
      }
      if (document.hasNul) findings.count('nul_removed');
      for (const mapped of mapper.map(document.value, findings))
        if ('fields' in mapped) await rows.add(line, mapped);
        else await others.addMapped(line, mapped, { captured_at: null });
    }
    if (file.cut !== undefined) await rows.add(line + 1, refusal(file.cut));
  } finally {
    await rows.close();
    await others.close();
  }
  await others.define(session);
  await session.define('bodies', rows.select());
  await session.define(rawRows, resolved);
}

/**
 * Ids that only one server understands become the ids that all do: the answered message's own where it stands in the
 * file; else the server's name and its id, the same for all answers to one unseen message.
 */
const resolved = `
  WITH named AS (SELECT local_id, min(message_id) AS message_id FROM bodies WHERE local_id IS NOT NULL GROUP BY local_id),
  home AS (
    SELECT coalesce(
      (SELECT local_host FROM bodies WHERE local_host IS NOT NULL GROUP BY local_host ORDER BY count(*) DESC, local_host LIMIT 1),
      (SELECT min(split_part(message_id, '/', 3)) FROM bodies WHERE local_id IS NOT NULL)
    ) AS host
  ),
  answered AS (
    SELECT b.*, CASE WHEN b.local_parent IS NOT NULL THEN coalesce(n.message_id, h.host || '/' || b.local_parent) END AS answered_id
    FROM bodies b
    CROSS JOIN home h
    LEFT JOIN named n ON n.local_id = b.local_parent
  )
  SELECT ${rawColumns({
    parent_id: "CASE WHEN kind = 'reply' THEN coalesce(parent_id, answered_id) ELSE parent_id END",
    reply_to_id: "CASE WHEN kind = 'quote' THEN coalesce(reply_to_id, answered_id) ELSE reply_to_id END",
  })}
  FROM answered
  ORDER BY line, item`;
