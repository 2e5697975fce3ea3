import { lexToJson } from '@atproto/api';
import { cborToLexRecord, readCar } from '@atproto/repo';
import { decode, decodeFirst } from 'cborg';
import type { Dialect, StreamEvent, Told } from './streamEvent.ts';
import { wanted } from './streamEvent.ts';

const method = 'com.atproto.sync.subscribeRepos';

interface Operation {
  action: string;
  path: string;
  cid: Uint8Array | null;
}

/** The bodies of all frames, as far as they are used (lexicon com.atproto.sync.subscribeRepos). */
interface Body {
  seq?: number;
  time?: string;
  /** Of #info. */
  name?: string;
  /** Of error frames. */
  error?: string;
  did?: string;
  repo?: string;
  rev?: string;
  ops?: Operation[];
  blocks?: Uint8Array;
  active?: boolean;
  status?: string;
  handle?: string;
}

/** Links are told by their bytes, which follow a zero. */
const decoding = { tags: { 42: (inner: { decode?: () => unknown } & (() => unknown)) => link(inner()) } };
function link(bytes: unknown): unknown {
  return bytes instanceof Uint8Array ? bytes.subarray(1) : bytes;
}

/** The event stream of a relay or of a server that keeps records: CBOR by number. */
export function firehose(base: string): Dialect {
  return {
    firstNumber: 1,
    address(stand) {
      const url = new URL(base);
      if (!url.pathname.endsWith(method)) url.pathname = `${url.pathname.replace(/\/$/, '')}/xrpc/${method}`;
      // From the oldest that it holds, where nothing was read before.
      url.searchParams.set('cursor', String(stand?.cursor ?? 0));
      return url;
    },
    async told(frame): Promise<Told> {
      if (typeof frame === 'string') throw new Error('a frame of a firehose is text');
      const [header, rest] = decodeFirst(frame, decoding) as [{ op?: number; t?: string }, Uint8Array];
      const body = decode(rest, decoding) as Body;
      if (header.op === -1) return errorOf(body);
      if (header.t === '#info') return { events: [], isCut: body.name === 'OutdatedCursor' };
      const { seq, time } = body;
      if (!Number.isSafeInteger(seq) || Number.isNaN(Date.parse(time ?? ''))) return { events: [] };
      const events = await eventsOf(header.t, body);
      return {
        events: events.map(event => ({ event, text: JSON.stringify(event) })),
        stand: { cursor: seq!, time: Date.parse(time!) },
      };
    },
  };
}

function errorOf({ error }: Body): Told {
  if (error === 'FutureCursor') return { events: [], isOther: true };
  const isName = typeof error === 'string' && /^[A-Za-z]{1,60}$/.test(error);
  return { events: [], fault: isName ? error : 'an error without a name' };
}

async function eventsOf(type: string | undefined, body: Body): Promise<StreamEvent[]> {
  const { seq, time, did } = body;
  const envelope = { time_us: Date.parse(time!) * 1000, seq: seq! };
  if (type === '#commit') return commitsOf(body, envelope);
  if (did === undefined) return [];
  if (type === '#account') {
    const { active, status } = body;
    return [{ did, ...envelope, kind: 'account', account: { active, did, seq, status, time } }];
  }
  if (type === '#identity') {
    return [{ did, ...envelope, kind: 'identity', identity: { did, handle: body.handle, seq, time } }];
  }
  return [];
}

/** One event for each post and repost that a commit makes, changes or deletes. */
async function commitsOf(body: Body, envelope: { time_us: number; seq: number }): Promise<StreamEvent[]> {
  const { repo: did, rev, ops = [], blocks } = body;
  const ours = ops.filter(({ path }) => wanted.includes(path.split('/')[0]!));
  if (did === undefined || ours.length === 0) return [];
  const records = new Map<string, { cid: string; bytes: Uint8Array }>();
  if (ours.some(({ cid }) => cid !== null)) {
    // What the connection brings unharmed is as the server meant it; hashing every block again would cost the most.
    const car = await readCar(blocks ?? new Uint8Array(), { skipCidVerification: true });
    for (const { cid, bytes } of car.blocks.entries()) {
      records.set(Buffer.from(cid.bytes).toString('hex'), { cid: cid.toString(), bytes });
    }
  }
  return ours.map(({ action, path, cid }) => {
    const [collection = '', rkey = ''] = path.split('/');
    const commit = { rev: rev ?? '', operation: action, collection, rkey };
    const block = cid === null ? undefined : records.get(Buffer.from(cid).toString('hex'));
    const told = block === undefined ? {} : { record: recordIn(block.bytes), cid: block.cid };
    return { did, ...envelope, kind: 'commit', commit: { ...commit, ...told } };
  });
}

/** @returns undefined where it is no record: the event is kept without it */
function recordIn(bytes: Uint8Array): unknown {
  try {
    return lexToJson(cborToLexRecord(bytes));
  } catch {
    return undefined;
  }
}
