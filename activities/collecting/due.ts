import type { Collection, Lane } from '../../contracts/collecting.ts';
import type { FollowKind, Query, Task } from '../../contracts/collection.ts';
import { subjectOf } from '../../contracts/localMessage.ts';
import { quoteText, type Session } from '../../engine/engine.ts';
import { modelOf } from '../../engine/models.ts';
import type { LiveSource } from '../../sources/liveSource.ts';
import type { Settings } from '../settings.ts';
import type { World } from '../world.ts';
import { sourceOf } from './lanes.ts';
import { fillAsking, type Staged, withStaged } from './staged.ts';

/** So much is looked for at a time: what is due besides is found by the next plan. */
const most = 2000;

/** A message that a question is due about. */
interface Due {
  kind: 'thread' | 'quotes' | 'reposts';
  message_id: string;
  platform: string;
  created_at: string;
  local_id: string | null;
  local_host: string | null;
  known: number;
}

/**
 * What is to be asked about the messages that a lane has seen, by what is staged of them: answers, quotes and reshares
 * that the network counts and nobody staged; records of who passed on; and, once a round, counts that have come of age.
 */
export async function dueTasks(
  world: World,
  collection: Collection,
  settings: Settings,
  lane: Lane,
  source: LiveSource,
  { now, isFirst }: { now: Date; isFirst: boolean },
): Promise<Task[]> {
  const planned = await withStaged(world, settings, lane, async ({ session }) => {
    await fillAsking(session, settings, lane, { now, triesFrom: collection.filling });
    const live = sourceOf(settings, lane);
    const to = now.toISOString();
    const tasks: Task[] = [];
    const asked = live.follow.filter(kind => source.follows[kind] !== undefined);
    const where = `kind IN (${['', ...asked].map(quoteText).join(', ')})`;
    const order = 'failures, created_at, message_id, kind';
    for (const due of await rowsOf<Due>(session, 'int_due_follow_ups', lane, { order, where })) {
      const subjects = [nameOf(due)];
      tasks.push({
        query: { kind: due.kind, label: due.kind, subjects, known: due.known, ...hostOf(lane) },
        span: { from: due.created_at, to },
      });
    }
    if (source.follows.records !== undefined) tasks.push(...(await recordTasks(session, lane, source, to)));
    if (isFirst && source.follows.refresh !== undefined)
      tasks.push(...(await refreshTasks(session, lane, source.follows.refresh, to)));
    return tasks;
  });
  return planned ?? [];
}

/** How many questions about messages are due in a lane, by kind, where failures before an instant are forgiven. */
export async function dueCounts(
  { session }: Staged,
  settings: Settings,
  lane: Lane,
  source: LiveSource,
  asking: { now: Date; triesFrom: string | undefined },
): Promise<Map<string, number>> {
  await fillAsking(session, settings, lane, asking);
  const { follow } = sourceOf(settings, lane);
  const counted = await session.rows<{ kind: string; questions: number }>(
    `SELECT kind, CAST(count(*) AS INTEGER) AS questions FROM (
       SELECT kind, local_host FROM (${modelOf('int_due_follow_ups').sql})
       UNION ALL SELECT 'records', local_host FROM (${modelOf('int_due_records').sql})
     ) WHERE ${ofHost(lane)} GROUP BY kind ORDER BY kind`,
  );
  const isAsked = (kind: string) =>
    source.follows[kind as FollowKind] !== undefined && [...follow, 'records'].includes(kind);
  return new Map(counted.filter(({ kind }) => isAsked(kind)).map(({ kind, questions }) => [kind, questions]));
}

/** The first rows of a model, of those that the lane's server is asked about. */
function rowsOf<Row>(
  session: Session,
  model: string,
  lane: Lane,
  { order, where = 'TRUE' }: { order: string; where?: string },
): Promise<Row[]> {
  const time = `strftime(created_at, '%Y-%m-%dT%H:%M:%S.%fZ') AS created_at`;
  return session.rows<Row>(
    `SELECT * REPLACE (${time}) FROM (${modelOf(model).sql})
     WHERE ${where} AND ${ofHost(lane)} ORDER BY ${order} LIMIT ${most}`,
  );
}

function ofHost(lane: Lane): string {
  const host = lane.host === undefined ? undefined : URL.parse(lane.host)?.host;
  return host === undefined ? 'TRUE' : `local_host = ${quoteText(host)}`;
}

async function recordTasks(session: Session, lane: Lane, source: LiveSource, to: string): Promise<Task[]> {
  type Row = { account_id: string; message_id: string; platform: string; created_at: string };
  const rows = await rowsOf<Row>(session, 'int_due_records', lane, { order: 'account_id, message_id' });
  const isByMessage = source.recordsBy === 'message';
  const groups = Map.groupBy(rows, row => (isByMessage ? row.message_id : row.account_id));
  return [...groups].map(([id, alike]) => {
    const { platform } = alike[0]!;
    const messages = isByMessage ? [] : alike.map(row => nativeOf(platform, row.message_id));
    const from = alike.reduce((first, row) => (row.created_at < first ? row.created_at : first), to);
    const query: Query = {
      kind: 'records',
      label: 'records',
      subjects: [nativeOf(platform, id), ...messages],
      ...hostOf(lane),
    };
    return { query, span: { from, to } };
  });
}

async function refreshTasks(session: Session, lane: Lane, size: number, to: string): Promise<Task[]> {
  const rows = await rowsOf<Due>(session, 'int_due_refreshes', lane, {
    order: 'failures, created_at, message_id',
  });
  const tasks: Task[] = [];
  for (let first = 0; first < rows.length; first += size) {
    const batch = rows.slice(first, first + size);
    const query: Query = { kind: 'refresh', label: 'refresh', subjects: batch.map(nameOf), ...hostOf(lane) };
    tasks.push({ query, span: { from: batch[0]!.created_at, to } });
  }
  return tasks;
}

function hostOf({ host }: Lane): Pick<Query, 'host'> {
  return host === undefined ? {} : { host };
}

/** A message as its network is asked about it. */
function nameOf({
  platform,
  message_id,
  local_id,
}: Pick<Due, 'platform' | 'message_id' | 'local_id'>): string {
  const uri = nativeOf(platform, message_id);
  return platform === 'mastodon' ? subjectOf({ id: local_id ?? '', uri }) : uri;
}

function nativeOf(platform: string, id: string): string {
  return id.startsWith(`${platform}:`) ? id.slice(platform.length + 1) : id;
}
