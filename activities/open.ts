import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pathsOf } from '../contracts/campaign.ts';
import { campaignError, type Fault, readCampaign } from '../contracts/campaignFile.ts';
import { FatalError } from '../contracts/errors.ts';
import type { Night, NightRequest } from '../contracts/night.ts';
import { canonical, sha256 } from '../lake/steps.ts';
import { filesOf, isPattern } from '../sources/files.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

/** Reads a campaign file from the disk; every fault at once: syntax, keys, types, missing files. */
export async function readCampaignFile(file: string): Promise<Settings> {
  const text = await readText(file);
  const { campaign, faults, lineOf } = readCampaign(text);
  const missing: Fault[] = [];
  for (const { keys, path } of campaign === undefined ? [] : pathsOf(campaign)) {
    const message = await whyMissing(dirname(file), path);
    if (message !== undefined) missing.push({ path: keys.join('.'), line: lineOf(keys), message });
  }
  const all = [...faults, ...missing];
  if (campaign === undefined || all.length > 0) throw campaignError(file, all);
  return { campaign, file: resolve(file) };
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
  const text = canonical(settings);
  const key = `campaigns/${campaign}/${sha256(text).slice(0, 32)}.json`;
  await world.lake.commit(key, text);
  const { interval, run, mode, scope } = request;
  return { campaign, settings: key, interval, run, mode, scope };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'there is no such campaign file' : `the campaign file can't be read (${code})`;
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
