import { link, mkdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Interval } from '../contracts/interval.ts';
import type { Mode } from '../contracts/night.ts';
import type { Tables } from '../contracts/table.ts';
import { isOrphaned, ownName, synced, writeSynced } from './folder.ts';
import type { Lake } from './lake.ts';

export interface ManifestTable {
  table: string;
  sentence: string;
  grain: string[];
  columns: { name: string; type: string; comment?: string }[];
  rows: number;
  files: { name: string; key: string; rows: number; bytes: number; sha256: string }[];
}

/** What a night published: the entry of the log, and `manifest.json` beside its tables. */
export interface Manifest {
  /** Number of the entry in the log. */
  entry: number;
  campaign: string;
  as_of: string;
  interval: Interval;
  run: string;
  mode: Mode;
  code_version: string;
  published_at: string;
  /** Over all tables and their files: equal nights have equal content. */
  content: string;
  /** Folder of the night under `versions/<campaign>/`. */
  version: string;
  verdict: string;
  reason: string;
  settings: string;
  inputs: { source: string; query: string; file: string; sha256: string }[];
  steps: { stage: string; step: string; outcome: string }[];
  tables: ManifestTable[];
  /** Every table that the night was made of, unpublished ones too: by which a figure can be followed down. */
  lineage: Tables;
}

const DIGITS = 20;

/** Committed nights, newest commit first, read one by one as they are asked for. */
export async function* committedNights(lake: Lake, after = 0): AsyncGenerator<Manifest> {
  for (const name of (await entriesOf(lake)).reverse()) {
    if (Number(name.slice(0, DIGITS)) <= after) return;
    yield JSON.parse((await lake.read(`_log/${name}`))!.toString('utf8')) as Manifest;
  }
}

/** The newest commit of an interval, if it has one. */
export async function nightOf(
  lake: Lake,
  campaign: string,
  interval: Interval,
): Promise<Manifest | undefined> {
  for await (const night of committedNights(lake)) {
    if (night.campaign !== campaign) continue;
    if (night.interval.from === interval.from && night.interval.to === interval.to) return night;
  }
  return undefined;
}

/** The night before: of the campaign's committed nights that end at or before a day, the one that ends last. */
export async function nightBefore(lake: Lake, campaign: string, from: string): Promise<Manifest | undefined> {
  let best: Manifest | undefined;
  for await (const night of committedNights(lake)) {
    if (night.campaign !== campaign || night.interval.to > from) continue;
    if (best === undefined || night.interval.to > best.interval.to) best = night;
    if (best.interval.to === from) break;
  }
  return best;
}

/** Committed nights of a campaign that end after an interval begins and not after it ends; those of the interval itself apart. */
export async function* nightsEndingWithin(
  lake: Lake,
  campaign: string,
  { from, to }: Interval,
): AsyncGenerator<Manifest> {
  for await (const night of committedNights(lake)) {
    if (night.campaign !== campaign || night.interval.to <= from || night.interval.to > to) continue;
    if (night.interval.from !== from || night.interval.to !== to) yield night;
  }
}

/** Lays a night's files under `versions/`, hard-linked, in one step; harmless when it lies there. */
export async function layVersion(lake: Lake, manifest: Omit<Manifest, 'entry'>): Promise<void> {
  const final = lake.locate(versionKey(manifest));
  if (await lake.has(versionKey(manifest))) return;
  const draft = join(lake.locate(`versions/${manifest.campaign}`), `.draft-${ownName()}`);
  try {
    for (const table of manifest.tables) {
      await mkdir(join(draft, table.table), { recursive: true });
      for (const file of table.files) await link(lake.locate(file.key), join(draft, table.table, file.name));
      await synced(join(draft, table.table));
    }
    await synced(draft);
    await rename(draft, final);
    await synced(lake.locate(`versions/${manifest.campaign}`));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/**
 * Commits a night: the entry of the log is the commit. When the newest commit of its interval has the same content, that one
 * is the result. The log is read up to the very entry before the one taken, so that two publishers at once make one commit.
 */
export async function commitNight(
  lake: Lake,
  manifest: Omit<Manifest, 'entry'>,
): Promise<{ night: Manifest; isNew: boolean }> {
  for (let tries = 0; tries < 1000; tries++) {
    const last = (await entriesOf(lake)).at(-1);
    const before = await nightOf(lake, manifest.campaign, manifest.interval);
    if (before?.content === manifest.content) return { night: before, isNew: false };
    const entry = (last === undefined ? 0 : Number(last.slice(0, DIGITS))) + 1;
    const night: Manifest = { entry, ...manifest };
    const key = `_log/${String(entry).padStart(DIGITS, '0')}.json`;
    if (await lake.commit(key, `${JSON.stringify(night, null, 1)}\n`)) return { night, isNew: true };
  }
  throw new Error('the log took 1,000 entries by others while this night tried to commit');
}

/**
 * Lets `published/<campaign>` and its `manifest.json` show what the log says: of the intervals that end last, the newest
 * commit. Pointers only: whatever is interrupted here is mended by the next call.
 */
export async function repairPointers(lake: Lake, campaign: string): Promise<Manifest | undefined> {
  // Another publisher may commit meanwhile: point until the log holds still.
  for (let tries = 0; tries < 100; tries++) {
    let shown = await shownNight(lake, campaign);
    let newest: Manifest | undefined;
    // What is shown was the best of the log up to its own entry: only later entries can be better.
    for await (const night of committedNights(lake, shown?.entry)) {
      if (night.campaign !== campaign) continue;
      if (newest === undefined || night.interval.to > newest.interval.to) newest = night;
    }
    if (newest !== undefined && (shown === undefined || newest.interval.to >= shown.interval.to))
      shown = newest;
    if (shown === undefined) return undefined;
    await point(lake, shown);
    if (shown !== newest) return shown;
  }
  throw new Error(`the nights of ${campaign} change faster than they can be shown`);
}

/** The campaigns that have ever published. */
export async function publishedCampaigns(lake: Lake): Promise<string[]> {
  return (await lake.list('versions')).filter(name => !name.startsWith('.'));
}

/** What `published/<campaign>` shows now. */
export async function shownNight(lake: Lake, campaign: string): Promise<Manifest | undefined> {
  const bytes = await lake.read(`published/${campaign}/manifest.json`);
  return bytes === undefined ? undefined : (JSON.parse(bytes.toString('utf8')) as Manifest);
}

export function versionKey(manifest: Pick<Manifest, 'campaign' | 'version'>): string {
  return `versions/${manifest.campaign}/${manifest.version}`;
}

async function entriesOf(lake: Lake): Promise<string[]> {
  return (await lake.list('_log')).filter(name => /^[0-9]{20}\.json$/.test(name));
}

async function point(lake: Lake, manifest: Manifest): Promise<void> {
  const version = lake.locate(versionKey(manifest));
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  const shownText = await readFile(join(version, 'manifest.json'), 'utf8').catch(() => undefined);
  if (shownText !== text) {
    const draft = join(version, `.manifest-${ownName()}`);
    await writeSynced(draft, text);
    await rename(draft, join(version, 'manifest.json'));
    await synced(version);
  }
  const published = lake.locate('published');
  await mkdir(published, { recursive: true });
  const door = join(published, manifest.campaign);
  const target = relative(published, version);
  if ((await readlink(door).catch(() => undefined)) === target) return;
  const draft = join(published, `.${manifest.campaign}-${ownName()}`);
  await symlink(target, draft);
  await rename(draft, door);
  await synced(published);
}

/** Removes drafts of versions and pointers that processes which were killed left behind. */
export async function sweepDrafts(lake: Lake): Promise<void> {
  const versions = (await publishedCampaigns(lake)).map(campaign => `versions/${campaign}`);
  const nights = await Promise.all(
    versions.map(async folder => (await lake.list(folder)).map(night => `${folder}/${night}`)),
  );
  for (const folder of ['published', ...versions, ...nights.flat()]) {
    for (const name of await lake.list(folder)) {
      if (name.startsWith('.') && isOrphaned(name)) {
        await rm(lake.locate(`${folder}/${name}`), { recursive: true, force: true });
      }
    }
  }
}
