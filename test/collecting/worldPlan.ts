import { Random } from '../../tools/sample/random.ts';

/** What campaigns search for. */
export const term = 'gelatoria';

/** What becomes of an account while the campaign collects. */
export type Fate = 'stays' | 'deactivated' | 'returns' | 'takendown' | 'deleted';

export type RecordKind = 'post' | 'reply' | 'quote' | 'answering quote' | 'repost' | 'like';

/** A record that somebody writes; others are named by their place in the plan, which stands before this one's. */
export interface PlannedRecord {
  /** Place of the account. */
  author: number;
  kind: RecordKind;
  /** Place of the record that is quoted, passed on or liked. */
  subject?: number;
  /** Place of the record that is answered. */
  answers?: number;
  /** Place of the repost by which its author met what is passed on. */
  via?: number;
  text: string;
  /** Milliseconds before the world is written; it is written before the campaign begins. Undefined: written while it collects, at that very moment. */
  age?: number;
  /** Deleted before the campaign begins, or while it collects. */
  deleted?: 'before' | 'later';
  /** Belongs to the talk of others, that nothing leads to. */
  isNoise: boolean;
}

export interface WorldPlan {
  fates: Fate[];
  records: PlannedRecord[];
}

export interface WorldSize {
  seed: number;
  accounts: number;
  /** Written before the campaign begins, and while it collects. */
  records: number;
  later: number;
  /** How long the longest chain of answers is. */
  deepest: number;
}

/** The accounts that the campaign follows; the first is the brand's. */
export const followed = [0, 1, 2];
const leaving: Fate[] = ['deactivated', 'returns', 'takendown', 'deleted'];
const day = 86_400_000;
const words = [
  'sun',
  'street',
  '<b>queue</b>',
  'pistachio',
  '🍦',
  'évidemment',
  "L'été",
  'a,b;c',
  '=1+1',
  'rain',
];
const kinds: RecordKind[] = ['post', 'reply', 'quote', 'answering quote', 'repost', 'like'];
const weights = [22, 30, 9, 3, 18, 18];
const laterWeights = [30, 30, 14, 6, 20, 0];

/**
 * A world of accounts that talk of the brand and of other things, drawn from a seed. What of it a campaign must reach is
 * simple by its making: a thread or a quote that belongs to the brand's talk begins with a post that holds the term or is
 * by a followed account, and hangs together by answers, quotes and reposts. What answers or quotes something that will not
 * last holds the term itself, so that it is found without it. What is written later, too, or is by a followed account.
 */
export function planWorld({ seed, accounts, records, later, deepest }: WorldSize): WorldPlan {
  const random = new Random(seed, 'bluesky world');
  const fates: Fate[] = Array.from(
    { length: accounts },
    (_, place) => leaving[place - accounts + 4] ?? 'stays',
  );
  const draft = new WorldDraft(fates, random);
  for (let link = 0; link < deepest; link++) draft.addLink();
  while (draft.records.length < records) draft.add(kinds[random.weighted(weights)]!, false);
  while (draft.records.length < records + later) draft.add(kinds[random.weighted(laterWeights)]!, true);
  condemn(draft, random);
  return { fates, records: draft.records };
}

class WorldDraft {
  readonly records: PlannedRecord[] = [];
  readonly fates: readonly Fate[];
  readonly #random: Random;
  /** Places of what can be answered: of the brand's talk, and of the others'. */
  readonly #ours: number[] = [];
  readonly #noise: number[] = [];
  /** Places of the reposts of a record whose authors stay. */
  readonly #reposts = new Map<number, number[]>();
  readonly #passed = new Set<string>();

  constructor(fates: readonly Fate[], random: Random) {
    this.fates = fates;
    this.#random = random;
  }

  /** A link of one long chain of answers, of which only the first holds the term. */
  addLink(): void {
    const place = this.records.length;
    const age = 6 * day - place * 60_000;
    const isFirst = place === 0;
    const author = isFirst ? 0 : this.#random.below(this.fates.length - leaving.length);
    const link = isFirst ? { kind: 'post' as const } : { kind: 'reply' as const, answers: place - 1 };
    const text = isFirst ? `${term} opens` : `chain ${place}`;
    this.#keep({ author, ...link, text, age, isNoise: false });
  }

  /** Adds a record, or nothing where chance brought together what does not fit. */
  add(kind: RecordKind, isLater: boolean): void {
    const random = this.#random;
    const isPassing = kind === 'repost' || kind === 'like';
    // Others' reposts of what is staged already show up only when its counts are read again, an hour or a day later.
    // Accounts that leave write nothing any more; few write much.
    const authors = this.fates.length - (isLater ? leaving.length : 0);
    const author =
      isLater && kind === 'repost' ? random.pick(followed) : Math.floor(random.next() ** 2 * authors);
    const isFollowed = followed.includes(author);
    const isNoise = !isLater && !isFollowed && random.chance(0.25);
    const subject = ['post', 'reply'].includes(kind) ? undefined : this.#target(isNoise, isPassing);
    const answers = ['reply', 'answering quote'].includes(kind) ? this.#target(isNoise, false) : undefined;
    if (kind !== 'post' && subject === undefined && answers === undefined) return;
    // Who passes something on twice has done so once.
    const act = `${author} ${kind} ${subject}`;
    if (isPassing && this.#passed.has(act)) return;
    this.#passed.add(act);
    const reposts = kind === 'repost' && !isFollowed ? (this.#reposts.get(subject!) ?? []) : [];
    const via = reposts.length > 0 && random.chance(0.5) ? random.pick(reposts) : undefined;
    const holdsTerm = isFollowed ? random.chance(0.5) : isLater || kind === 'post' || random.chance(0.15);
    const text = this.#text(holdsTerm && !isNoise);
    const named = [subject, answers, via].filter(place => place !== undefined);
    const youngest = Math.min(6 * day, ...named.map(place => this.records[place]!.age!));
    const age = isLater ? {} : { age: Math.ceil(youngest * random.between(0.2, 0.999)) };
    this.#keep({ author, kind, subject, answers, via, text, ...age, isNoise });
  }

  /** What is passed on lasts: a repost of what is gone says nothing that could be shown again. */
  #target(isNoise: boolean, mustLast: boolean): number | undefined {
    const places = isNoise ? this.#noise : this.#ours;
    // Some are talked of by many, and the younger half more, so that chains grow.
    const popular = this.#random.chance(0.3) ? Math.min(places.length, 12) : places.length;
    const first = this.#random.chance(0.5) ? popular >> 1 : 0;
    const place = places[first + this.#random.below(popular - first)];
    if (place === undefined || !mustLast) return place;
    return this.fates[this.records[place]!.author] === 'stays' ? place : undefined;
  }

  #text(holdsTerm: boolean): string {
    const random = this.#random;
    const some = [random.pick(words), random.pick(words), `no. ${this.records.length}`];
    if (holdsTerm) some.splice(random.below(3), 0, random.chance(0.4) ? `#${term}` : term);
    return some.join(' ');
  }

  #keep(record: PlannedRecord): void {
    const place = this.records.push(record) - 1;
    // What is written later is not talked of any more.
    if (record.age === undefined) return;
    if (record.kind === 'repost') {
      if (this.fates[record.author] !== 'stays') return;
      const reposts = this.#reposts.get(record.subject!);
      if (reposts === undefined) this.#reposts.set(record.subject!, [place]);
      else reposts.push(place);
    } else if (record.kind !== 'like') (record.isNoise ? this.#noise : this.#ours).push(place);
  }
}

/** Chooses what is deleted, and gives those that hang on what does not last words by which they are found. */
function condemn({ fates, records }: WorldDraft, random: Random): void {
  const isPassing = ({ kind }: PlannedRecord) => kind === 'repost' || kind === 'like';
  const needed = new Set(
    records.flatMap(record => [record.via, isPassing(record) ? record.subject : undefined]),
  );
  for (const [place, record] of records.entries()) {
    if (place === 0 || needed.has(place) || record.kind === 'like' || !random.chance(0.08)) continue;
    const isEarly = record.age !== undefined && (fates[record.author] !== 'stays' || random.chance(0.4));
    record.deleted = isEarly ? 'before' : 'later';
  }
  const lasts = (place: number | undefined) => {
    if (place === undefined) return true;
    const { deleted, author } = records[place]!;
    return deleted === undefined && fates[author] === 'stays';
  };
  for (const record of records) {
    if (record.isNoise || isPassing(record) || (lasts(record.answers) && lasts(record.subject))) continue;
    if (!record.text.includes(term)) record.text += ` ${term}`;
  }
}
