import type { FileFormat } from '../contracts/campaign.ts';
import type { AccountState, CaptureContext } from '../contracts/collection.ts';
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

/** What a network says of an account as a whole. */
export interface MappedAccount {
  platform: string;
  /** The platform's own id. */
  account: string;
  state: AccountState;
  /** When it was so, ISO; the time of capture where the network does not say. */
  at: string | null;
}

/** That an account passed a message on, without when and by which message. */
export interface MappedReposter {
  platform: string;
  /** The message, by its own id. */
  message: string;
  account: string;
}

/** How many messages a network says there are in an hour. */
export interface MappedCount {
  /** Beginning of the hour, ISO. */
  hour: string;
  expected: number;
}

/** What bodies tell besides messages. */
export type Mapped =
  | MappedRow
  | { account: MappedAccount }
  | { reposter: MappedReposter }
  | { counted: MappedCount };

/** Understands the bodies of one platform: a document in, its messages out. Holds no state between documents. */
export interface Mapper {
  format: FileFormat;
  /** @param context what was asked, where the body came from a live collector and not from an exported file */
  map(document: unknown, findings: Findings, context?: CaptureContext): Iterable<Mapped>;
}
