import { existsSync } from 'node:fs';
import { it } from 'vitest';

/** Real data that is not part of the project: beside the repository, or not there. */
export const realData = (file: string) => `../shared/data/${file}`;

/** A test that needs real data; where the file is absent the test is skipped, and says so. */
export function itWith(file: string): typeof it | typeof it.skip {
  if (existsSync(realData(file))) return it;
  console.warn(`skipped: ${realData(file)} is not here`);
  return it.skip;
}
