import { accountsOf, lanesOf } from '../activities/collecting/lanes.ts';
import { type LiveTrial, type QueryTrial, tryLive } from '../activities/collecting/liveTrial.ts';
import { monthOf, noPostsYet, postsLeft } from '../activities/collecting/quota.ts';
import type { Settings } from '../activities/settings.ts';
import type { Config } from '../config.ts';
import { type LiveSettings, liveSources } from '../contracts/campaign.ts';
import { secondsOf } from '../contracts/liveSources.ts';
import { captureLog } from '../lake/captureLog.ts';
import { folderLake } from '../lake/folder.ts';
import { realNetworks } from '../sources/networks.ts';
import { coloured, countText, type Terminal, tableText, visible } from './terminal.ts';

/** What X would be asked for, and what the campaign may pay. */
export interface PostsCheck {
  source: string;
  /** Posts that searches find in the lookback, and in 30 days at the same rate. */
  lookback: number;
  month: number;
  quota: number;
  /** Posts of this month's quota that are not spent yet. */
  left: number;
}

/** A live source as `check` found it. */
export interface LiveCheck extends LiveTrial {
  posts?: PostsCheck;
  /** Secrets without which it is not asked. */
  missing?: string;
}

/** Tries every live source of a campaign for a page. Nothing is kept, and no post is paid for. */
export async function checkLive(
  terminal: Terminal,
  settings: Settings,
  config: Config,
  signal: AbortSignal,
): Promise<LiveCheck[]> {
  const networks = realNetworks(config.secrets, config.contact);
  const checks: LiveCheck[] = [];
  for (const live of liveSources(settings.campaign)) {
    const { id, type } = live;
    if (type === 'x' && config.secrets(id).token === undefined) {
      const missing = `no bearer token is set, so that it was not asked: \`npx sillage doctor\` tells which variable`;
      checks.push({ id, type, tried: [], missing });
      continue;
    }
    terminal.log(coloured('dim', `asking ${id}`));
    const trial = await tryLive(networks, live, accountsOf(settings, live), signal);
    const posts = await postsOf(settings, config, live, trial);
    checks.push({ ...trial, ...(posts === undefined ? {} : { posts }) });
  }
  return checks;
}

async function postsOf(
  settings: Settings,
  config: Config,
  live: LiveSettings,
  { id, tried }: LiveTrial,
): Promise<PostsCheck | undefined> {
  if (live.type !== 'x' || tried.some(({ expected }) => expected === undefined)) return undefined;
  const lookback = tried.reduce((sum, { expected = 0 }) => sum + expected, 0);
  const quota = live.quota.posts_per_month;
  const [lane] = lanesOf(settings, id);
  const log = captureLog(folderLake(config.lake), settings.campaign.campaign, lane!.name);
  const month = monthOf(new Date().toISOString());
  const left = postsLeft((await log.last())?.state.quota ?? noPostsYet, { month, quota });
  const seconds = secondsOf(live.lookback);
  return { source: id, lookback, month: Math.round((lookback * 30 * 86_400) / seconds), quota, left };
}

/** What a person must mend, by the id of the source. */
export function liveFaults(checks: readonly LiveCheck[]): { id: string; message: string }[] {
  return checks.flatMap(({ id, fault, tried }) =>
    [fault, ...tried.map(({ fault }) => fault)].flatMap(message =>
      message === undefined ? [] : [{ id, message }],
    ),
  );
}

/** What its owner should hear before it is collected. */
export function liveWarnings(checks: readonly LiveCheck[]): string[] {
  return checks.flatMap(({ id, missing, tried, posts }) => [
    ...(missing === undefined ? [] : [`${id}: ${missing}`]),
    ...tried.flatMap(trial => troubleOf(id, trial)),
    ...(posts === undefined ? [] : quotaWarnings(posts)),
  ]);
}

function troubleOf(id: string, { query, host, rows, refused, unmapped, trouble }: QueryTrial): string[] {
  const of = `${id}${host === undefined ? '' : ` at ${host}`}: ${query}`;
  if (trouble !== undefined) return [`${of}: not tried: ${trouble}`];
  const warnings: string[] = [];
  if (refused > 0) warnings.push(`${of}: ${countText(refused)} of ${countText(rows)} rows would be refused`);
  if (unmapped > 0)
    warnings.push(
      `${of}: ${countText(unmapped)} of ${countText(rows)} rows carry fields that the parser does not know`,
    );
  return warnings;
}

function quotaWarnings({ source, lookback, month, quota, left }: PostsCheck): string[] {
  if (lookback > left) {
    return [
      `${source}: the first collection alone finds about ${countText(lookback)} posts, and ${countText(left)} of the quota are left: narrow the search, shorten \`lookback\`, or pay for more`,
    ];
  }
  if (month <= quota) return [];
  return [
    `${source}: searches find about ${countText(month)} posts a month, more than the quota of ${countText(quota)}: what does not fit is missed, and told`,
  ];
}

export function liveText(checks: readonly LiveCheck[]): string {
  const rows = checks.flatMap(({ id, type, tried }) =>
    tried.map(({ query, host, rows, refused, unmapped, expected }) => [
      id,
      type,
      visible(query),
      host ?? '',
      expected ?? '',
      type === 'x' ? '' : rows,
      type === 'x' ? '' : refused,
      type === 'x' ? '' : unmapped,
    ]),
  );
  const table = tableText(
    ['source', 'type', 'asked', 'server', 'counted', 'rows tried', 'refused', 'unknown fields'],
    rows,
  );
  const posts = checks.flatMap(({ posts }) => (posts === undefined ? [] : [postsText(posts)]));
  return [...(rows.length > 0 ? [table] : []), ...posts].join('\n');
}

function postsText({ source, lookback, month, quota, left }: PostsCheck): string {
  const share = Math.ceil((month / quota) * 100);
  return `${source}: about ${countText(lookback)} posts at first, then ${countText(month)} a month, besides what follows from them; quota ${countText(quota)} a month: ${share} % of it, ${countText(left)} left of this month's`;
}
