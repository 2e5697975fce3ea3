import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** What servers see of who asks. @param contact where their keepers can complain: an address that they can write to */
export function userAgentOf(contact: string | undefined): string {
  return contact === undefined ? `Sillage/${version}` : `Sillage/${version} (${contact})`;
}
