import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepSegment } from '../../activities/collecting/segments.ts';
import type { World } from '../../activities/world.ts';
import type { Capture, OutcomeCapture, Query } from '../../contracts/collection.ts';
import { captureLog } from '../../lake/captureLog.ts';

export const gelato: Query = { kind: 'search', label: 'search gelato', subjects: ['gelato'] };
export const ofAda: Query = { kind: 'account', label: 'account did:plc:ada', subjects: ['did:plc:ada'] };
export const stream: Query = { kind: 'stream', label: 'stream', subjects: [] };
export const reposts = (uri: string): Query => ({
  kind: 'reposts',
  label: 'reposts',
  subjects: [uri],
  known: 2,
});
export const refresh = (...uris: string[]): Query => ({ kind: 'refresh', label: 'refresh', subjects: uris });

/** A campaign that asks Bluesky. */
export function skyCampaign(folder: string, pseudonymise: boolean): string {
  const file = join(folder, 'campaign.yaml');
  writeFileSync(
    file,
    `campaign: sky
brand: { name: Gelato }
sources:
  - { id: sky, type: bluesky, search: [gelato], accounts: ["did:plc:ada"] }
privacy: { pseudonymise: ${pseudonymise} }
`,
  );
  return file;
}

const day = '2026-03-02';
const timeOf = (clock: string) => `${day}T${clock}:00.000Z`;

export const uriOf = (who: string) => `at://did:plc:${who}/app.bsky.feed.post/1`;

/** What the network shows of a post: one a person. */
export function post(who: string, clock: string, counts: Record<string, number> = {}) {
  return {
    uri: uriOf(who),
    cid: `cid-${who}`,
    author: { did: `did:plc:${who}`, handle: `${who}.example` },
    record: { $type: 'app.bsky.feed.post', text: 'gelato', createdAt: timeOf(clock) },
    indexedAt: timeOf(clock),
    ...counts,
  };
}

/** What the network says of an account. */
export function accountEvent(who: string, clock: string, active: boolean) {
  return {
    did: `did:plc:${who}`,
    time_us: Date.parse(timeOf(clock)) * 1000,
    kind: 'account',
    account: {
      did: `did:plc:${who}`,
      seq: 1,
      time: timeOf(clock),
      active,
      ...(active ? {} : { status: 'deactivated' }),
    },
  };
}

/** A page that came at a time of the day. */
export function page(query: Query, clock: string, body: unknown): Capture {
  const span = { from: timeOf('08:00'), to: timeOf('12:00') };
  return { what: 'page', query, span, captured_at: timeOf(clock), status: 200, body: JSON.stringify(body) };
}

/** How a question over a stretch of the day ended. */
export function ended(
  query: Query,
  from: string,
  to: string,
  outcome: OutcomeCapture['outcome'] = 'covered',
): Capture {
  const reason = outcome === 'covered' ? '' : 'the server asks for patience';
  const span = { from: timeOf(from), to: timeOf(to) };
  return { what: 'outcome', query, span, captured_at: timeOf('12:30'), outcome, reason };
}

/** Keeps captures as the collector does: the next entry of the lane's log. */
export async function keepCaptures({ lake }: World, ...captures: Capture[]): Promise<void> {
  const log = captureLog(lake, 'sky', 'sky');
  const last = await log.last();
  const segment = await keepSegment(lake, captures);
  const state = { standing: {}, failures: 0, unanswered: 0 };
  await log.append({
    number: (last?.number ?? 0) + 1,
    at: timeOf('13:00'),
    settings: 'campaigns/sky/hand-made.json',
    segment,
    state,
  });
}
