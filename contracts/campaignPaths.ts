import { keysOfSheet, sheetNames } from './sheets.ts';

/**
 * Paths that must lead to a file, with the keys under which they stand. Of a campaign file with faults, as far as it
 * can be understood.
 */
export function pathsOf(campaign: unknown): { keys: (string | number)[]; path: string }[] {
  const at = (keys: readonly (string | number)[]) =>
    keys.reduce<unknown>(
      (node, key) => (node as Record<string | number, unknown> | null | undefined)?.[key],
      campaign,
    );
  const sources = at(['sources']);
  const places = [
    ...(Array.isArray(sources) ? sources.map((_, index) => ['sources', index, 'path']) : []),
    ...sheetNames.map(keysOfSheet),
  ];
  return places.flatMap(keys => {
    const path = at(keys);
    return typeof path === 'string' && path !== '' ? [{ keys, path }] : [];
  });
}
