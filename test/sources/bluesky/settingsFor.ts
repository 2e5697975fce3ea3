import { blueskySource } from '../../../contracts/liveSources.ts';
import type { BlueskySettings } from '../../../sources/bluesky/settings.ts';

/** A source on a server of a test, with what the campaign file leaves out. */
export function settingsFor(service: string, said: Partial<BlueskySettings> = {}): BlueskySettings {
  return { ...blueskySource.parse({ type: 'bluesky', service, directory: service }), id: 'bsky', ...said };
}
