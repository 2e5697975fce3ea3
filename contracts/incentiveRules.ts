import { mostUnits, readMoney } from './money.ts';

/** What an influencer may earn: tangible kinds, then intangible ones. */
export const rewardKinds = ['discount', 'product', 'fee', 'commission', 'recognition', 'naming'] as const;
/** What is paid for: an order that carries the person's code, or a message of theirs about the category. */
export const rewardedEvents = ['order', 'mention'] as const;

export interface RewardRule {
  kind: (typeof rewardKinds)[number];
  on: (typeof rewardedEvents)[number];
  amount?: string | undefined;
  rate?: number | undefined;
  cap?: string | undefined;
}

export interface IncentiveRules {
  budget: string;
  cap_per_person?: string | undefined;
  earns: RewardRule[];
  from?: string | undefined;
  to?: string | undefined;
}

/** The name of a rule in the ledger, by which an event is entered once, whatever becomes of amounts and of the order of rules. */
export function ruleName({ kind, on }: Pick<RewardRule, 'kind' | 'on'>): string {
  return `${kind} on ${on}`;
}

/** What is wrong with the rules as a whole, each with its keys below `incentives`. */
export function faultsOfRules(
  rules: IncentiveRules,
  ordersCurrency: string | undefined,
): { keys: (string | number)[]; message: string }[] {
  const { currency } = readMoney(rules.budget);
  const faults: { keys: (string | number)[]; message: string }[] = [];
  const add = (message: string, ...keys: (string | number)[]) => faults.push({ keys, message });
  const judge = (text: string | undefined, ...keys: (string | number)[]) => {
    if (text === undefined) return;
    const money = readMoney(text);
    if (money.currency !== currency)
      add(`is in ${money.currency}, but the budget is in ${currency}`, ...keys);
    if (money.units > mostUnits) add('is more than can be counted exactly', ...keys);
  };
  judge(rules.budget, 'budget');
  judge(rules.cap_per_person, 'cap_per_person');
  const names = new Set<string>();
  for (const [place, rule] of rules.earns.entries()) {
    judge(rule.amount, 'earns', place, 'amount');
    judge(rule.cap, 'earns', place, 'cap');
    if (names.has(ruleName(rule)))
      add(`a second rule of ${ruleName(rule)}: an event earns each kind once`, 'earns', place);
    names.add(ruleName(rule));
    if (rule.amount !== undefined && rule.rate !== undefined)
      add('says both an amount and a rate: leave one out', 'earns', place, 'rate');
    if (rule.rate !== undefined && rule.on === 'mention')
      add('is a share of an order; a mention needs an amount', 'earns', place, 'rate');
    if (rule.rate !== undefined && rule.on === 'order' && (ordersCurrency ?? currency) !== currency)
      add(
        `is a share of orders in ${ordersCurrency}, but the budget is in ${currency}`,
        'earns',
        place,
        'rate',
      );
    if (
      ['commission', 'discount', 'fee'].includes(rule.kind) &&
      rule.amount === undefined &&
      rule.rate === undefined
    )
      add(`a ${rule.kind} needs an amount or a rate`, 'earns', place);
  }
  if (rules.from !== undefined && rules.to !== undefined && rules.to < rules.from)
    add(`lies before from, ${rules.from}`, 'to');
  return faults;
}
