import { liveSources } from '../../contracts/campaign.ts';
import { bundleText, type CaptureFormat } from '../../contracts/collection.ts';
import type { LiveType } from '../../contracts/liveSources.ts';
import { type CapturedDay, type CaptureLog, captureLog, type GoneDay } from '../../lake/captureLog.ts';
import type { Lake } from '../../lake/lake.ts';
import { sha256 } from '../../lake/steps.ts';
import { rawKey } from '../rawKey.ts';
import { type Content, capturesOf } from '../readContent.ts';
import type { RawFile } from '../runRecord.ts';
import type { Settings } from '../settings.ts';

/** A lane by what its captures are read with. */
export interface ReadLane {
  name: string;
  source: string;
  type: LiveType;
}

/** What was collected so far, as raw files of a night. */
export async function bundlesOf(lake: Lake, settings: Settings, source?: string): Promise<RawFile[]> {
  const bundles: RawFile[] = [];
  for (const lane of await lanesKept(lake, settings, source))
    bundles.push(...(await bundlesOfLane(lake, settings.campaign.campaign, lane)));
  return bundles;
}

/**
 * The segments of a day that is over are one file, so that a night of ninety days reads ninety and not thousands; those
 * of the last day stand alone, so that they are read but once. Of a day that has left, its summary is what is left.
 */
export async function bundlesOfLane(
  lake: Lake,
  campaign: string,
  { name: lane, source, type }: ReadLane,
): Promise<RawFile[]> {
  const bundles: RawFile[] = [];
  for (const [name, segments] of await filesOf(captureLog(lake, campaign, lane))) {
    const text = bundleText(segments);
    const hash = sha256(text);
    await lake.commit(rawKey(hash), text);
    bundles.push({ source, query: '', file: `${lane}/${name}`, format: `captures-${type}`, sha256: hash });
  }
  return bundles;
}

/**
 * Every lane of these sources that ever kept anything: what an instance or a stream that is asked no more said of
 * deletions still holds.
 */
export async function lanesKept(lake: Lake, { campaign }: Settings, only?: string): Promise<ReadLane[]> {
  const types = new Map(liveSources(campaign).map(({ id, type }) => [id, type]));
  return (await lake.list(`collected/${campaign.campaign}`)).flatMap(name => {
    const source = name.split('@')[0]!;
    const type = types.get(source);
    return type !== undefined && (only === undefined || source === only) ? [{ name, source, type }] : [];
  });
}

async function filesOf(log: CaptureLog): Promise<[name: string, segments: string[]][]> {
  const days = (await log.days()).filter(({ segments }) => segments.length > 0);
  const gone = await log.gone();
  return days.flatMap((captured, place): [string, string[]][] => {
    const { day } = captured;
    const segments = segmentsLeft(captured, gone.get(day));
    return place < days.length - 1
      ? [[day, segments]]
      : segments.map((segment, index) => [`${day}/${index + 1}`, [segment]]);
  });
}

/** The segments of a day that are to be read. */
export function segmentsLeft({ segments }: CapturedDay, gone: GoneDay | undefined): string[] {
  if (gone === undefined) return segments;
  return [gone.summary.sha256, ...segments.filter(segment => !gone.segments.includes(segment))];
}

/** Bundles as readers take them. */
export function contentsOf(lake: Lake, bundles: readonly RawFile[]): Promise<Content[]> {
  return Promise.all(
    bundles.map(async ({ format, sha256 }) => {
      const text = await lake.read(rawKey(sha256));
      const { segments } = JSON.parse(text!.toString('utf8')) as { segments: string[] };
      return capturesOf(format as CaptureFormat, segments);
    }),
  );
}
