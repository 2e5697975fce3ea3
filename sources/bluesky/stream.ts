import type { Span } from '../../contracts/collection.ts';
import { userAgentOf } from '../http/userAgent.ts';
import type { Page, PageAsk } from '../liveSource.ts';
import { Concerns } from './concerns.ts';
import { firehose } from './firehose.ts';
import { type FrameBounds, framesOf } from './frames.ts';
import type { Identities } from './identities.ts';
import { jetstream } from './jetstream.ts';
import { standingStill } from './pages.ts';
import type { BlueskyMeans, BlueskySettings } from './settings.ts';
import { type Dialect, type Stand, type StreamEvent, standOf, textOfStand } from './streamEvent.ts';

/** A page ends after so many events that are kept. */
const mostKept = 500;
const bounds = { openSeconds: 20, mostFrames: 10_000, mostBytes: 64e6 };

/** Reads pages of a stream: what of it concerns the campaign, in Jetstream's shape, as `{"events": […]}`. */
export function streamOf(
  { stream, search }: BlueskySettings,
  { isKnown, quietSeconds = 3, userAgent = userAgentOf(undefined) }: BlueskyMeans,
  identities: Identities,
  accounts: readonly string[],
): (ask: PageAsk) => Promise<Page> {
  const concerns = new Concerns({ search, isKnown });

  return async ask => {
    const base = ask.query.host ?? stream;
    if (base === undefined) throw new Error('the source has no stream');
    const followed = await didsOf(accounts, identities, ask.signal);
    const dialect = dialectOf(base);
    const limits = { ...bounds, quietSeconds, userAgent };
    const reader: Reader = { dialect, limits, keeps: event => concerns.keeps(event, followed) };
    const before = standOf(ask.cursor ?? ask.resume);
    let reading = await read(reader, before, ask);
    const { isOther } = reading;
    // The server counts anew: what it holds is read from its beginning.
    if (isOther) reading = await read(reader, undefined, ask);
    const last = reading.last ?? (isOther ? undefined : before);
    if (reading.isMore && last?.cursor === before?.cursor) throw standingStill('the stream');
    const resume = last === undefined ? undefined : textOfStand(last);
    const hole = holeOf(dialect, before, { ...reading, isOther }, ask.span);
    return {
      body: Buffer.from(`{"events":[${reading.kept.join(',')}]}`),
      status: 200,
      next: reading.isMore ? resume : undefined,
      ...(resume !== undefined && { resume }),
      ...(hole !== undefined && { hole }),
      posts: reading.kept.length,
    };
  };
}

/** Jetstream is told by where it is: its path, or the name that all its servers bear. */
function dialectOf(base: string): Dialect {
  const { pathname, hostname } = new URL(base);
  return pathname.endsWith('/subscribe') || hostname.startsWith('jetstream')
    ? jetstream(base)
    : firehose(base);
}

interface Reading {
  kept: string[];
  first: Stand | undefined;
  last: Stand | undefined;
  /** Whether there is more that was not read. */
  isMore: boolean;
  isCut: boolean;
  isOther: boolean;
}

interface Reader {
  dialect: Dialect;
  limits: FrameBounds;
  keeps(event: StreamEvent): boolean;
}

/** Reads until enough is kept or seen, until the wanted time is over, or until the stream tells what happens now. */
async function read(
  { dialect, limits, keeps }: Reader,
  before: Stand | undefined,
  { span, signal }: PageAsk,
): Promise<Reading> {
  const frames = framesOf(dialect.address(before, span.from), limits, signal);
  const reading: Reading = {
    kept: [],
    first: undefined,
    last: undefined,
    isMore: false,
    isCut: false,
    isOther: false,
  };
  const end = Date.parse(span.to);
  try {
    while (reading.kept.length < mostKept) {
      const frame = await frames.next();
      if (frame === 'quiet') return reading;
      if (frame === 'ended') {
        if (frames.count() === 0) throw new Error('the stream ended without a word');
        return { ...reading, isMore: !reading.isOther };
      }
      const told = await dialect.told(frame).catch(() => undefined);
      if (told === undefined) {
        // A mapper refuses it, so that the books show it; waiting for it to get better would wait for ever.
        reading.kept.push(JSON.stringify({ kind: 'unreadable', bytes: frame.length }));
        continue;
      }
      if (told.isOther) return { ...reading, isOther: true };
      if (told.fault !== undefined) {
        if (reading.last === undefined) throw new Error(`the stream ends with ${told.fault}`);
        return { ...reading, isMore: true };
      }
      if (told.isCut) reading.isCut = true;
      for (const { event, text } of told.events) if (keeps(event)) reading.kept.push(text);
      reading.first ??= told.stand;
      reading.last = told.stand ?? reading.last;
      if (told.stand !== undefined && told.stand.time >= end) return reading;
    }
    return { ...reading, isMore: true };
  } finally {
    frames.close();
  }
}

/**
 * The stretch that the stream no longer holds; what lies before the wanted one was seen, or told of, before. A stream that
 * is read for the first time, and can't be asked for a time, holds nothing before its first event that anybody knows of.
 */
function holeOf(
  { silence, firstNumber }: Dialect,
  before: Stand | undefined,
  { first, isCut, isOther }: Reading,
  span: Span,
): Span | undefined {
  const from = Math.max(before?.time ?? 0, Date.parse(span.from));
  const to = first?.time ?? Date.parse(span.to);
  const isSilent = silence !== undefined && first !== undefined && to - from > silence;
  const isUnknown = before === undefined && firstNumber !== undefined && first?.cursor !== firstNumber;
  if (to <= from || !(isCut || isOther || isSilent || isUnknown)) return undefined;
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** Handles that nobody has are told of where the accounts themselves are asked for. */
async function didsOf(
  accounts: readonly string[],
  identities: Identities,
  signal: AbortSignal,
): Promise<Set<string>> {
  const dids = new Set<string>();
  for (const account of accounts) {
    const did = await identities.didOf(account, signal);
    if (did !== undefined) dids.add(did);
  }
  return dids;
}
