import { existsSync } from 'node:fs';
import { link, mkdtemp, readFile, rename, rm, stat, statfs, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../../config.ts';
import { synced } from '../../lake/folder.ts';
import { bytesText } from '../terminal.ts';
import { type Finding, missing, ok, warning } from './finding.ts';

const spaceToWorkIn = 2e9;

/** The lake: whether it is there, can be written, has room, and its disk knows the acts that commits are made of. */
export async function lookAtLake({ lake }: Config): Promise<Finding[]> {
  const what = 'lake';
  const ground = nearestFolder(lake);
  const elsewhere = 'give write permission there, or point SILLAGE_LAKE elsewhere';
  if (!(await stat(ground)).isDirectory()) {
    return [
      missing(what, `${lake}: ${ground} is a file`, 'remove that file, or point SILLAGE_LAKE elsewhere'),
    ];
  }
  const space = await freeBytes(ground);
  const room =
    space < spaceToWorkIn
      ? warning(
          'disk',
          `${bytesText(space)} free`,
          'free some: `sillage check <campaign.yaml>` tells how much a night takes',
        )
      : ok('disk', `${bytesText(space)} free`);
  let scratch: string;
  try {
    scratch = await mkdtemp(join(ground, '.sillage-doctor-'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return [missing(what, `${lake} can't be written (${code})`, elsewhere), room];
  }
  try {
    const cannot = await firstFailure(scratch);
    if (cannot !== undefined) {
      return [missing(what, `${lake}: its disk can't ${cannot}`, 'point SILLAGE_LAKE to a local disk'), room];
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return [ok(what, ground === lake ? lake : `${lake}, made by the first run`), room];
}

/** The key of the pseudonyms. */
export async function lookAtPseudonymKey({ lake, pseudonymKey }: Config): Promise<Finding> {
  const what = 'pseudonym key';
  if (pseudonymKey !== undefined) return ok(what, 'SILLAGE_PSEUDONYM_KEY');
  return existsSync(join(lake, 'keys', 'pseudonym'))
    ? ok(what, 'made by the lake: keys/pseudonym; keep a copy, without it ids change their names')
    : ok(what, 'none yet: the lake makes one when a campaign first needs it');
}

/** The folder itself, or the nearest one above it that is there. */
export function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

/** Bytes that this user may still write to the disk of a folder. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function firstFailure(scratch: string): Promise<string | undefined> {
  const file = join(scratch, 'file');
  const acts: [string, () => Promise<unknown>][] = [
    ['write a file', () => writeFile(file, 'a wake')],
    ['make a file last', () => synced(file)],
    ['link a file twice', () => link(file, join(scratch, 'twice'))],
    ['link by name', () => symlink('twice', join(scratch, 'pointer'))],
    ['replace a link by renaming', () => rename(join(scratch, 'pointer'), file)],
    ['follow a link', async () => readFile(file)],
    ['make a folder last', () => synced(scratch)],
  ];
  for (const [act, run] of acts) {
    try {
      await run();
    } catch (error) {
      return `${act} (${(error as NodeJS.ErrnoException).code})`;
    }
  }
  return undefined;
}
