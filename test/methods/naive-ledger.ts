/** A second ledger that keeps nothing but its entries and counts everything anew for each event, in whole big numbers. */
export interface NaiveRule {
  amount?: bigint;
  /** In billionths. */
  rate?: bigint;
  cap?: bigint;
}

export interface NaiveEvent {
  reward: number;
  person: number;
  rule: number;
  isReversal: boolean;
  value: bigint;
  part: bigint;
  whole: bigint;
}

export interface NaiveEntry {
  reward: number;
  person: number;
  rule: number;
  state: 'earned' | 'capped' | 'refused' | 'reversed';
  limit: 'none' | 'budget' | 'person' | 'rule';
  due: bigint;
  amount: bigint;
  turn: number;
}

export interface NaiveLimits {
  budget: bigint;
  personCap: bigint | undefined;
  smallest: bigint;
}

export function enterNaively(
  limits: NaiveLimits,
  rules: readonly NaiveRule[],
  before: readonly NaiveEntry[],
  events: readonly NaiveEvent[],
): NaiveEntry[] {
  const entries = [...before];
  for (const event of events) {
    const entry = event.isReversal ? takeBack(limits, entries, event) : give(limits, rules, entries, event);
    if (entry !== undefined) entries.push(entry);
  }
  return entries.slice(before.length);
}

const sum = (entries: readonly NaiveEntry[]) => entries.reduce((total, { amount }) => total + amount, 0n);

function give(
  { budget, personCap, smallest }: NaiveLimits,
  rules: readonly NaiveRule[],
  entries: readonly NaiveEntry[],
  { reward, person, rule, value }: NaiveEvent,
): NaiveEntry | undefined {
  if (entries.some(entry => entry.reward === reward)) return undefined;
  const { amount, rate = 0n, cap } = rules[rule]!;
  const due = amount ?? nearest(value * rate, 1_000_000_000n, smallest);
  const theirs = entries.filter(entry => entry.person === person);
  const rooms: { limit: NaiveEntry['limit']; left: bigint }[] = [
    { limit: 'budget', left: budget - sum(entries) },
  ];
  if (personCap !== undefined) rooms.push({ limit: 'person', left: personCap - sum(theirs) });
  if (cap !== undefined)
    rooms.push({ limit: 'rule', left: cap - sum(theirs.filter(entry => entry.rule === rule)) });
  const tight = rooms.filter(({ left }) => left < due).sort((a, b) => Number(a.left - b.left))[0];
  const start = { reward, person, rule, due, turn: 0 };
  if (tight === undefined || due === 0n) return { ...start, state: 'earned', limit: 'none', amount: due };
  const whole = tight.left - (tight.left % smallest);
  if (whole <= 0n) return { ...start, state: 'refused', limit: tight.limit, amount: 0n };
  return { ...start, state: 'capped', limit: tight.limit, amount: whole };
}

function takeBack(
  { smallest }: NaiveLimits,
  entries: readonly NaiveEntry[],
  { reward, person, rule, part, whole }: NaiveEvent,
): NaiveEntry | undefined {
  const about = entries.filter(entry => entry.reward === reward);
  const given = about.find(entry => entry.state !== 'reversed');
  if (given === undefined || given.state === 'refused') return undefined;
  const isAll = part >= whole;
  const proportion = isAll ? given.amount : nearest(given.amount * part, whole, smallest);
  const target = proportion < given.amount ? proportion : given.amount;
  const back = target - (given.amount - sum(about));
  const isFirst = about.length === 1;
  if (back <= 0n && !(given.amount === 0n && isAll && isFirst)) return undefined;
  const amount = -back;
  return { reward, person, rule, state: 'reversed', limit: 'none', due: amount, amount, turn: about.length };
}

/** top / bottom to the nearest multiple of a step, halves up, by trying both neighbours. */
function nearest(top: bigint, bottom: bigint, step: bigint): bigint {
  const below = (top / bottom / step) * step;
  const above = below + step;
  return above * bottom - top <= top - below * bottom ? above : below;
}
