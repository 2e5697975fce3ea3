import type { Capture, CollectingState } from '../../contracts/collection.ts';
import type { CaptureEntry, CaptureLog } from '../../lake/captureLog.ts';
import type { World } from '../world.ts';
import { keepSegment } from './segments.ts';

/** So much is kept together at most: what a collector that is killed has to fetch again. */
const most = { captures: 256, characters: 16e6, milliseconds: 2000 };

/** Another collector of the same lane was faster: its pages count, and what this one fetched is dropped. */
export class Overtaken extends Error {}

/** Makes what was fetched durable, together with where collecting goes on after it. */
export class Keeper {
  state: CollectingState;
  readonly #world: World;
  readonly #log: CaptureLog;
  readonly #settings: string;
  #number: number;
  #captures: Capture[] = [];
  #characters = 0;
  #since = 0;

  /** @param settings key in the lake of the settings by which is collected */
  constructor(world: World, log: CaptureLog, last: CaptureEntry | undefined, settings: string) {
    this.#world = world;
    this.#log = log;
    this.#settings = settings;
    this.#number = last?.number ?? 0;
    this.state = last?.state ?? { standing: {}, failures: 0, unanswered: 0 };
  }

  /** Number of the last entry that is durable. */
  get number(): number {
    return this.#number;
  }

  /** Whether anything waits to be kept. */
  get hasCaptures(): boolean {
    return this.#captures.length > 0;
  }

  /** Takes a capture; durable with the next `keep`. */
  add(capture: Capture): void {
    if (this.#captures.length === 0) this.#since = performance.now();
    this.#captures.push(capture);
    this.#characters += 'body' in capture ? capture.body.length : 0;
  }

  /** Whether so much waits that it should be kept now. */
  isFull(): boolean {
    return (
      this.#captures.length >= most.captures ||
      this.#characters >= most.characters ||
      (this.#captures.length > 0 && performance.now() - this.#since >= most.milliseconds)
    );
  }

  /** @throws Overtaken */
  async keep(): Promise<void> {
    const { lake, networks } = this.#world;
    const segment = this.#captures.length === 0 ? undefined : await keepSegment(lake, this.#captures);
    const entry = {
      number: this.#number + 1,
      at: networks.now().toISOString(),
      settings: this.#settings,
      ...(segment === undefined ? {} : { segment }),
      state: this.state,
    };
    if (!(await this.#log.append(entry))) throw new Overtaken('another collector of this lane was faster');
    this.#number = entry.number;
    this.#captures = [];
    this.#characters = 0;
  }
}
