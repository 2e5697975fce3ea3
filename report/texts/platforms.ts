import { clipped } from '../paper.ts';

const names: Readonly<Record<string, string>> = {
  x: 'X',
  mastodon: 'Mastodon',
  bluesky: 'Bluesky',
  reddit: 'Reddit',
  youtube: 'YouTube',
};

/** A network as it writes itself. */
export function platformName(platform: string): string {
  return names[platform] ?? clipped(platform, 40);
}
