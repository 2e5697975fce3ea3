/** How an account can be found on an instance: by its name in the whole network, or by the number its home gave it. */
export type AccountAddress = { host: string } & ({ name: string } | { number: string });

const handle = /^@?([\w.-]+)@([\w.:-]+)$/;

/**
 * @param account `@name@example.org`, or the URI of an account as Mastodon and its kin write them
 * @returns undefined where the URI holds no name
 */
export function accountAddress(account: string): AccountAddress | undefined {
  const [, name, host] = handle.exec(account) ?? [];
  if (name !== undefined && host !== undefined) return { name, host: host.toLowerCase() };
  const url = URL.parse(account);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  const number = /^\/ap\/users\/(\d+)$/.exec(url.pathname)?.[1];
  if (number !== undefined) return { number, host: url.host };
  const [, local, away] = /^\/(?:@|users\/)([\w.-]+)(?:@([\w.:-]+))?$/.exec(url.pathname) ?? [];
  if (local === undefined) return undefined;
  return { name: local, host: (away ?? url.host).toLowerCase() };
}
