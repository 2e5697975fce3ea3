import { liveSources } from '../../contracts/campaign.ts';
import { bundleText, type CaptureFormat } from '../../contracts/collection.ts';
import { type CaptureLog, captureLog } from '../../lake/captureLog.ts';
import type { Lake } from '../../lake/lake.ts';
import { sha256 } from '../../lake/steps.ts';
import { rawKey } from '../rawKey.ts';
import { type Content, capturesOf } from '../readContent.ts';
import type { RawFile } from '../runRecord.ts';
import type { Settings } from '../settings.ts';

/**
 * What was collected so far, as raw files of a night. The segments of a day that is over are one file, so that a night
 * of ninety days reads ninety and not thousands; those of the last day stand alone, so that they are read but once.
 */
export async function bundlesOf(lake: Lake, settings: Settings, source?: string): Promise<RawFile[]> {
  const bundles: RawFile[] = [];
  const types = new Map(liveSources(settings.campaign).map(({ id, type }) => [id, type]));
  for (const lane of await lanesKept(lake, settings, source)) {
    const log = captureLog(lake, settings.campaign.campaign, lane.name);
    for (const [name, segments] of await filesOf(log)) {
      const text = bundleText(segments);
      const hash = sha256(text);
      await lake.commit(rawKey(hash), text);
      bundles.push({
        source: lane.source,
        query: '',
        file: `${lane.name}/${name}`,
        format: `captures-${types.get(lane.source)!}`,
        sha256: hash,
      });
    }
  }
  return bundles;
}

/**
 * Every lane of these sources that ever kept anything: what an instance or a stream that is asked no more said of
 * deletions still holds.
 */
async function lanesKept(
  lake: Lake,
  { campaign }: Settings,
  only?: string,
): Promise<{ source: string; name: string }[]> {
  const ids = new Set(liveSources(campaign).map(({ id }) => id));
  return (await lake.list(`collected/${campaign.campaign}`)).flatMap(name => {
    const source = name.split('@')[0]!;
    return ids.has(source) && (only === undefined || source === only) ? [{ source, name }] : [];
  });
}

async function filesOf(log: CaptureLog): Promise<[name: string, segments: string[]][]> {
  const days = (await log.days()).filter(({ segments }) => segments.length > 0);
  return days.flatMap(({ day, segments }, place): [string, string[]][] =>
    place < days.length - 1
      ? [[day, segments]]
      : segments.map((segment, index) => [`${day}/${index + 1}`, [segment]]),
  );
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
