import { existsSync } from 'node:fs';
import { folderLake } from './folder.ts';
import type { Lake } from './lake.ts';

/** A lake that reads another one and writes into a folder of its own: for looking without touching. */
export function overlayLake(under: Lake, folder: string): Lake {
  const over = folderLake(folder);
  return {
    ...over,
    name: under.name,
    locate: key => (existsSync(over.locate(key)) ? over.locate(key) : under.locate(key)),
    read: async key => (await over.read(key)) ?? under.read(key),
    has: async key => (await over.has(key)) || under.has(key),
    commit: async (key, content, options) => !(await under.has(key)) && over.commit(key, content, options),
    list: async prefix => [...new Set([...(await under.list(prefix)), ...(await over.list(prefix))])].sort(),
  };
}
