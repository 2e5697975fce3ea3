import type { FileFormat } from '../contracts/campaign.ts';
import type { MessageField } from '../contracts/message.ts';
import type { Findings } from './findings.ts';

/**
 * One message as a platform's body tells it, every value still text: SQL judges the values of all sources alike.
 * Ids are the platform's own, without its name before them.
 */
export interface MappedRow {
  fields: Partial<Record<MessageField, string | null>>;
  /** The post came along with another one that was asked for. */
  isIncluded?: boolean;
  /** How many fields the parser did not know. */
  unmapped?: number;
  /** Why the body could not be understood; `fields` then holds what could. */
  refused?: string;
  /** Ids that mean something only among the rows of one file. */
  local?: LocalIds;
}

/** A message that answers another by an id that only one server understands. */
export interface LocalIds {
  id: string;
  parent: string | null;
  /** The server whose ids these are, where the body tells. */
  host: string | null;
}

/** Understands the bodies of one platform: a document in, its messages out. Holds no state between documents. */
export interface Mapper {
  format: FileFormat;
  map(document: unknown, findings: Findings): Iterable<MappedRow>;
}

/**
 * A place that conversations come from page by page. The cursor is durable: asking again with it goes on after the
 * page that gave it. A raw page is kept as it came, then given to the mapper, as a file's bytes are.
 */
export interface Source {
  mapper: Mapper;
  /** @param cursor undefined for the first page; an undefined cursor in the answer means that there is no more. */
  page(
    cursor: string | undefined,
    signal: AbortSignal,
  ): Promise<{ raw: Uint8Array; cursor: string | undefined }>;
}
