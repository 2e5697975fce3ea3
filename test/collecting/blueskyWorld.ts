import type { Account, BlueskyNetwork, Written } from './blueskyNetwork.ts';
import {
  type Fate,
  followed,
  type PlannedRecord,
  planWorld,
  type WorldPlan,
  type WorldSize,
} from './worldPlan.ts';
import { threadRoot, truthOf, type WorldTruth, type WrittenRecord } from './worldTruth.ts';

/** For reading it back by thousands of single calls. */
export const tinyWorld: WorldSize = { seed: 6, accounts: 16, records: 250, later: 50, deepest: 12 };
export const smallWorld: WorldSize = { seed: 6, accounts: 40, records: 850, later: 150, deepest: 25 };
export const largeWorld: WorldSize = { seed: 6, accounts: 500, records: 18_000, later: 2000, deepest: 150 };

/** Accounts that are made, and that write, at the same time. */
const comers = 6;
const writers = 8;

/** A planned world on a network: what is written of it, and the rest that is to happen while a campaign collects. */
export class BlueskyWorld {
  readonly plan: WorldPlan;
  readonly network: BlueskyNetwork;
  readonly accounts: Account[] = [];
  readonly #written: (Written & WrittenRecord)[] = [];

  constructor(network: BlueskyNetwork, size: WorldSize) {
    this.network = network;
    this.plan = planWorld(size);
  }

  /** DIDs of the accounts that a campaign follows; the brand's is the first. */
  get followed(): string[] {
    return followed.map(place => this.accounts[place]!.did);
  }

  /** Makes the accounts and all that was there before the campaign began. */
  async begin(): Promise<void> {
    const names = this.plan.fates.map((_, place) => `member-${place}`);
    for (const some of chunks(names, comers)) {
      this.accounts.push(...(await Promise.all(some.map(name => this.network.createAccount(name)))));
    }
    const now = Date.now();
    const early = this.#places(({ age }) => age !== undefined);
    await this.#write(early, place => new Date(now - this.plan.records[place]!.age!).toISOString());
    await this.#remove(this.#places(({ deleted }) => deleted === 'before'));
    await this.network.processAll();
  }

  /**
   * All that happens while the campaign collects, in steps that can be taken at any moments: writing, deleting, and what
   * becomes of accounts.
   *
   * @param count of steps
   */
  *later(count: number): Generator<() => Promise<void>> {
    const late = this.#places(({ age }) => age === undefined);
    const doomed = this.#places(({ deleted, age }) => deleted === 'later' && age !== undefined);
    const leaving = [...this.plan.fates.keys()].filter(place => this.plan.fates[place] !== 'stays');
    const share = <Item>(items: readonly Item[], step: number) =>
      items.slice(Math.floor((items.length * step) / count), Math.floor((items.length * (step + 1)) / count));
    for (let step = 0; step < count; step++) {
      yield async () => {
        const written = share(late, step);
        await this.#write(written, () => new Date().toISOString());
        const soon = written.filter(place => this.plan.records[place]!.deleted !== undefined);
        await this.#remove([...share(doomed, step), ...soon]);
        for (const place of share(leaving, step))
          await this.#leave(this.accounts[place]!, this.plan.fates[place]!);
        // Who comes back is away for a step.
        if (step === count - 1) for (const place of leaving) await this.#return(place);
      };
    }
  }

  /** What must be staged when all steps were taken. */
  truth(): WorldTruth {
    return truthOf(this.plan, this.#written);
  }

  #places(isMeant: (record: PlannedRecord) => boolean): number[] {
    return [...this.plan.records.keys()].filter(place => isMeant(this.plan.records[place]!));
  }

  async #leave(account: Account, fate: Fate): Promise<void> {
    if (fate === 'takendown') await this.network.takedown(account);
    else if (fate === 'deleted') await this.network.deleteAccount(account);
    else await this.network.deactivate(account);
  }

  async #return(place: number): Promise<void> {
    if (this.plan.fates[place] === 'returns') await this.network.activate(this.accounts[place]!);
  }

  /** Writes records after those that they name, each author's by tens. */
  async #write(places: readonly number[], timeOf: (place: number) => string): Promise<void> {
    let waiting = places;
    while (waiting.length > 0) {
      const isReady = (place: number) =>
        named(this.plan.records[place]!).every(other => this.#written[other] !== undefined);
      const ready = waiting.filter(isReady);
      waiting = waiting.filter(place => !isReady(place));
      await this.#byAuthor(ready, async (account, own) => {
        const times = own.map(timeOf);
        const records = own.map((place, index) => this.#record(place, times[index]!));
        const writes = records.map(value => ({
          $type: 'com.atproto.repo.applyWrites#create' as const,
          collection: value.$type,
          value,
        }));
        const results = await this.network.applyWrites(account, writes);
        for (const [index, place] of own.entries()) {
          this.#written[place] = { ...results[index]!, author: account.did, created_at: times[index]! };
        }
      });
    }
  }

  async #remove(places: readonly number[]): Promise<void> {
    await this.#byAuthor(places, async (account, own) => {
      const writes = own.map(place => {
        const [collection = '', rkey = ''] = this.#written[place]!.uri.split('/').slice(-2);
        return { $type: 'com.atproto.repo.applyWrites#delete' as const, collection, rkey };
      });
      await this.network.applyWrites(account, writes);
    });
  }

  async #byAuthor(
    places: readonly number[],
    act: (account: Account, places: number[]) => Promise<void>,
  ): Promise<void> {
    const groups = [...Map.groupBy(places, place => this.plan.records[place]!.author)];
    await Promise.all(
      Array.from({ length: writers }, async () => {
        for (let group = groups.pop(); group !== undefined; group = groups.pop())
          await act(this.accounts[group[0]]!, group[1]);
      }),
    );
  }

  #record(place: number, createdAt: string) {
    const { kind, text, subject, answers, via } = this.plan.records[place]!;
    const reference = (other: number) => ({ uri: this.#written[other]!.uri, cid: this.#written[other]!.cid });
    if (kind === 'repost' || kind === 'like') {
      const passed = { $type: `app.bsky.feed.${kind}`, subject: reference(subject!), createdAt };
      return via === undefined ? passed : { ...passed, via: reference(via) };
    }
    const reply = answers !== undefined && {
      reply: { parent: reference(answers), root: reference(threadRoot(this.plan.records, answers)) },
    };
    const embed = subject !== undefined && {
      embed: { $type: 'app.bsky.embed.record', record: reference(subject) },
    };
    return { $type: 'app.bsky.feed.post', text, createdAt, langs: ['en'], ...reply, ...embed };
  }
}

function named({ subject, answers, via }: PlannedRecord): number[] {
  return [subject, answers, via].filter(place => place !== undefined);
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, index) => index * size);
  return starts.map(start => items.slice(start, start + size));
}
