import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Campaign } from '../contracts/campaign.ts';
import { campaignError, type Fault, pathText, readCampaign } from '../contracts/campaignFile.ts';
import { pathsOf } from '../contracts/campaignPaths.ts';
import { FatalError } from '../contracts/errors.ts';
import type { Night, NightRequest } from '../contracts/night.ts';
import { keysOfSheet, sheetNames } from '../contracts/sheets.ts';
import { sha256 } from '../lake/steps.ts';
import { filesOf, isPattern } from '../sources/files.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

/** A campaign file as it lies there, with all that is wrong with it. */
export interface ExaminedFile {
  /** Undefined where there are faults. */
  settings: Settings | undefined;
  /** What can be tried all the same: without the sheets that are not there; undefined where the file itself has faults. */
  tryable: Settings | undefined;
  /** By line. */
  faults: Fault[];
  /** The line on which a path of its tree stands. */
  lineOf(keys: readonly (string | number)[]): number;
}

/**
 * Reads a campaign file from the disk and finds every fault at once: syntax, keys, types, missing files.
 *
 * @throws FatalError when there is no file to read
 */
export async function examineCampaignFile(file: string): Promise<ExaminedFile> {
  const { campaign, tree, faults, lineOf } = readCampaign(await readText(file));
  const missing = new Set<string>();
  for (const { keys, path } of pathsOf(tree)) {
    const message = await whyMissing(dirname(file), path);
    if (message === undefined) continue;
    missing.add(pathText(keys));
    faults.push({ path: pathText(keys), line: lineOf(keys), message });
  }
  faults.sort((a, b) => a.line - b.line);
  if (campaign === undefined) return { settings: undefined, tryable: undefined, faults, lineOf };
  const settings = { campaign, file: resolve(file) };
  const tryable = { ...settings, campaign: withoutSheets(campaign, missing) };
  return { settings: faults.length === 0 ? settings : undefined, tryable, faults, lineOf };
}

/** The campaign as if it had never named the sheets under these keys. */
function withoutSheets(campaign: Campaign, missing: ReadonlySet<string>): Campaign {
  const left: Campaign = { ...campaign };
  for (const sheet of sheetNames) {
    if (!missing.has(pathText(keysOfSheet(sheet)))) continue;
    if (sheet === 'candidates') left.recruitment = { ...left.recruitment!, candidates: undefined };
    else left[sheet] = undefined;
  }
  return left;
}

/**
 * Reads a campaign file that is to be used.
 *
 * @throws FatalError that lists every fault
 */
export async function readCampaignFile(file: string): Promise<Settings> {
  const { settings, faults } = await examineCampaignFile(file);
  if (settings === undefined) throw campaignError(file, faults);
  return settings;
}

/** Reads the campaign file and keeps its settings in the lake, so that the whole night works with the same. */
export async function openNight(world: World, request: NightRequest): Promise<Night> {
  const settings = await readCampaignFile(request.file);
  const { campaign } = settings.campaign;
  if (campaign !== request.campaign) {
    throw new FatalError(`the campaign is now called "${campaign}", this run is of "${request.campaign}"`, {
      where: request.file,
      next: 'start a new run of the file',
    });
  }
  // In the file's order: the first of the topics is the campaign's own.
  const text = JSON.stringify(settings);
  const key = `campaigns/${campaign}/${sha256(text).slice(0, 32)}.json`;
  await world.lake.commit(key, text);
  const { interval, run, attempt = 'only', mode, scope } = request;
  return { campaign, settings: key, interval, run, attempt, mode, scope };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what =
      code === 'ENOENT' ? 'there is no such campaign file' : `the campaign file can't be read (${code})`;
    throw new FatalError(what, { where: file, next: 'give the path of a campaign.yaml', cause: error });
  }
}

async function whyMissing(folder: string, path: string): Promise<string | undefined> {
  if (isPattern(path)) {
    return (await filesOf(folder, path)).length > 0 ? undefined : `no file matches "${path}"`;
  }
  try {
    return (await stat(resolve(folder, path))).isFile() ? undefined : `"${path}" is not a file`;
  } catch {
    return `there is no file "${path}"`;
  }
}
