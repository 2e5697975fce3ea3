/**
 * The port to the place where raw files, tables and nights live: a folder today, an object store behind the same port later.
 * Keys are slash-separated and relative; an object, once there, never changes.
 */
export interface Lake {
  /** What the user calls it. */
  readonly name: string;
  /** Where an engine in this process finds an object. */
  locate(key: string): string;
  read(key: string): Promise<Buffer | undefined>;
  has(key: string): Promise<boolean>;
  /** Moves finished files of a scratch folder to content-addressed keys; putting the same content twice is harmless. */
  put(files: readonly { key: string; path: string }[]): Promise<void>;
  /** The one atomic, conditional act: true when this call put the object, false when it was there. A secret may be read by its owner only. */
  commit(key: string, content: string, options?: { secret?: boolean }): Promise<boolean>;
  /** Removes objects for good, where they are there: what takes their place must be durable by then. */
  remove(keys: readonly string[]): Promise<void>;
  /** The names directly under a prefix, sorted; none when nothing is there. */
  list(prefix: string): Promise<string[]>;
  /** A private folder for one attempt, gone afterwards. */
  withScratch<T>(work: (folder: string) => Promise<T>): Promise<T>;
}
