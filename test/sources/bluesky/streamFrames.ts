import { encode } from 'cborg';

/** A frame of a firehose: two CBOR items, one after the other. */
export function frame(header: { op: number; t?: string }, body: object): Uint8Array {
  return Buffer.concat([encode(header), encode(body)]);
}

/** What a firehose tells of a deleted post; `number` is its place in the stream, and the second of a day. */
export function deletion(number: number): Uint8Array {
  const ops = [{ action: 'delete', path: `app.bsky.feed.post/post${number}`, cid: null }];
  const blocks = new Uint8Array();
  return frame(
    { op: 1, t: '#commit' },
    { seq: number, time: timeOf(number), repo: 'did:plc:nina', rev: 'r', ops, blocks },
  );
}

export function timeOf(number: number): string {
  return new Date(Date.UTC(2026, 2, 2) + number * 1000).toISOString();
}

/** What Jetstream tells of a post. */
export function written(number: number, text: string): string {
  return JSON.stringify({
    did: 'did:plc:nina',
    time_us: Date.parse(timeOf(number)) * 1000,
    kind: 'commit',
    commit: {
      rev: 'r',
      operation: 'create',
      collection: 'app.bsky.feed.post',
      rkey: `post${number}`,
      record: { $type: 'app.bsky.feed.post', text, createdAt: timeOf(number) },
      cid: 'c',
    },
  });
}
