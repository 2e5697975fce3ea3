import { dateText, day, flightBegins, flightEnds, hour, nightTo, talkBegins } from './calendar.ts';
import type { Files } from './files.ts';
import { behind, type Message } from './message.ts';
import { cents, type PanelTruth, zone } from './panel.ts';
import type { Account, Person } from './people.ts';
import { Random } from './random.ts';

/** The shop's files: customers, orders, codes, costs and rates. */
interface Order {
  at: number;
  customer: string;
  amount: number;
  currency: 'EUR' | 'GBP';
  code: string;
  promotion: string;
  geo: string;
  refundedAt?: number;
  refund?: number;
  /** The influencer whose words caused the order. */
  causedBy?: Account;
  /** How a code came onto the order; empty without one. */
  touch: '' | 'caused' | 'leak' | 'self-referral' | 'outside window' | 'unknown code' | 'other campaign';
}

export interface CommerceTruth {
  codes: { code: string; author_id: string }[];
  /** Orders that were caused or touched; refunds known before the night are taken off. */
  orders: { order_id: string; caused_by: string; touch: string; eur_net: number }[];
  recruited: string[];
}

const poundInEuro = (at: number) => (1.15 + 0.0005 * ((at - talkBegins) / day)).toFixed(4);

export function writeCommerce(
  files: Files,
  people: readonly Person[],
  messages: readonly Message[],
  panel: PanelTruth,
  seed: number,
): CommerceTruth {
  const random = new Random(seed, 'commerce');
  const recruited = people.filter(person => person.recruited).map(person => person.accounts[0]!);
  const codeOf = new Map(
    recruited.map(account => [account, `${account.handle.split('_')[0]!.toUpperCase()}${account.number}`]),
  );
  const treated = panel.units.filter(unit => unit.group === 'treated').map(unit => unit.unit);

  // 900 customers; 380 of them are people of the talk, and live in one zone each.
  const readers = random.sample(
    people.filter(person => person.role === 'ordinary'),
    360,
  );
  const owners = [...recruited.map(account => account.person), ...readers];
  const customers = Array.from({ length: 900 }, (_, i) => ({
    id: `c${String(i + 1).padStart(4, '0')}`,
    person: owners[i],
    geo: zone(random.below(panel.units.length)),
    clv: cents(Math.min(1200, random.skewed(95, 0.8))),
    currency: (random.chance(0.06) ? 'GBP' : 'EUR') as 'EUR' | 'GBP',
  }));
  const customerOf = new Map(
    customers.filter(customer => customer.person).map(customer => [customer.person!, customer]),
  );
  const local = customers.filter(customer => treated.includes(customer.geo));

  const orders: Order[] = [];
  const order = (customer: (typeof customers)[number], at: number, more: Partial<Order> = {}): void => {
    const amount = cents(Math.min(140, random.skewed(21, 0.5)));
    orders.push({
      at,
      customer: customer.id,
      amount,
      currency: customer.currency,
      code: '',
      promotion: '',
      geo: customer.geo,
      touch: '',
      ...more,
    });
  };
  const moment = (from: number, to: number) => from + random.below((to - from) / 1000) * 1000;
  for (let i = 0; i < 2300; i++) {
    const at = moment(talkBegins, flightEnds);
    order(
      random.pick(customers),
      at,
      at < talkBegins + 24 * day && random.chance(0.2) ? { promotion: 'winter-sale' } : {},
    );
  }

  // Each person moved by a campaign post during the flight buys one time in three within two days, and so do
  // readers who never write; seven in ten remember the code.
  const isCampaign = (message: Message | undefined) => message?.hashtags.includes('HokeySpring') ?? false;
  for (const moved of messages.filter(
    message => message.cause && isCampaign(behind(message.cause)) && !message.hostile,
  )) {
    const by = behind(moved.cause!).account;
    const buyers = [customerOf.get(moved.account.person), random.pick(local)];
    for (const customer of buyers) {
      const at = moment(moved.at, moved.at + 2 * day);
      if (!customer || !local.includes(customer) || at >= flightEnds || !random.chance(0.33)) continue;
      const remembered = random.chance(0.7);
      const code = remembered ? codeOf.get(by)! : '';
      const promotion = remembered ? (random.chance(0.06) ? 'newsletter' : 'gelato-spring') : '';
      order(customer, at, { code, promotion, causedBy: by, touch: remembered ? 'caused' : '' });
    }
  }
  // Codes that only touch: from coupon pages, by the influencers themselves, out of time, mistyped.
  const codes = [...codeOf.values()];
  const touch = (
    touch: Order['touch'],
    count: number,
    code: () => string,
    from = flightBegins,
    to = flightEnds,
  ) => {
    for (let i = 0; i < count; i++)
      order(random.pick(local), moment(from, to), { code: code(), promotion: 'gelato-spring', touch });
  };
  touch('leak', 120, () => random.pick(codes));
  touch('outside window', 8, () => random.pick(codes), talkBegins + 30 * day, flightBegins - day);
  touch('unknown code', 6, () => `GELATO-${random.word('ABCDEFGH', 3)}`);
  touch('other campaign', 10, () => 'SUNNY5');
  for (const account of recruited.slice(0, 5))
    order(customerOf.get(account.person)!, moment(flightBegins, flightEnds), {
      code: codeOf.get(account)!,
      promotion: 'gelato-spring',
      touch: 'self-referral',
    });

  orders.sort((a, b) => a.at - b.at || (a.customer < b.customer ? -1 : 1) || a.amount - b.amount);
  for (const one of orders) {
    if (!random.chance(0.04)) continue;
    one.refundedAt = one.at + (1 + random.below(10)) * day + random.below(8) * hour;
    one.refund = random.chance(0.7) ? one.amount : cents(one.amount / 2);
  }
  const number = (i: number) => `o${String(i + 1).padStart(5, '0')}`;
  const time = (at: number | undefined) =>
    at === undefined ? '' : new Date(at).toISOString().replace('.000', '');
  files.table(
    'orders.csv',
    [
      'order_id',
      'customer_id',
      'ordered_at',
      'amount',
      'currency',
      'code',
      'promotion',
      'geo',
      'refunded_at',
      'refund_amount',
    ],
    orders.map((one, i) => [
      number(i),
      one.customer,
      time(one.at),
      one.amount.toFixed(2),
      one.currency,
      one.code,
      one.promotion,
      one.geo,
      time(one.refundedAt),
      one.refund?.toFixed(2) ?? '',
    ]),
  );
  files.table(
    'customers.csv',
    ['customer_id', 'author_id', 'clv', 'currency'],
    customers.map(one => [one.id, one.person?.accounts[0]?.id ?? '', one.clv.toFixed(2), one.currency]),
  );
  files.table(
    'codes.csv',
    ['code', 'author_id', 'campaign', 'valid_from', 'valid_to'],
    [
      ...recruited.map(account => [
        codeOf.get(account)!,
        account.id,
        'gelato-spring',
        '2026-03-01',
        '2026-03-28',
      ]),
      // One code serves two campaigns, one belongs to another campaign alone.
      [codeOf.get(recruited[0]!)!, recruited[0]!.id, 'easter-box', '2026-03-20', '2026-04-10'],
      ['SUNNY5', recruited[1]!.id, 'easter-box', '2026-03-01', '2026-04-10'],
    ],
  );
  writeCosts(files, recruited, panel.cost, random);
  const days = Array.from({ length: (flightEnds - talkBegins) / day }, (_, i) => talkBegins + i * day);
  files.table(
    'rates.csv',
    ['date', 'currency', 'rate'],
    days.map(at => [dateText(at), 'GBP', poundInEuro(at)]),
  );

  return {
    codes: recruited.map(account => ({ code: codeOf.get(account)!, author_id: account.id })),
    recruited: recruited.map(account => account.id),
    orders: orders.flatMap((one, i) => {
      if (!one.causedBy && !one.touch) return [];
      const rate = one.currency === 'EUR' ? 1 : Number(poundInEuro(Math.floor(one.at / day) * day));
      return [
        {
          order_id: number(i),
          caused_by: one.causedBy?.id ?? '',
          touch: one.touch,
          eur_net: cents((one.amount - (one.refundedAt! < nightTo ? one.refund! : 0)) * rate),
        },
      ];
    }),
  };
}

/** Fees, incentives, product and tooling of the flight: together exactly the cost in the panel. */
function writeCosts(files: Files, recruited: readonly Account[], whole: number, random: Random): void {
  const rows: (string | number)[][] = [];
  let left = whole;
  const spend = (author: string, kind: string, amount: number, at: number) => {
    left = cents(left - amount);
    rows.push([author, kind, amount.toFixed(2), 'EUR', dateText(at)]);
  };
  for (const account of recruited) {
    spend(account.id, 'fee', 400 + 25 * random.below(17), flightBegins + random.below(7) * day);
    spend(account.id, 'product', cents(random.between(60, 140)), flightBegins - 2 * day);
    spend(account.id, 'incentive', cents(random.between(80, 260)), flightEnds - day);
  }
  spend('', 'tooling', 1900, flightBegins - 6 * day);
  spend('', 'product', left, flightBegins - 4 * day);
  files.table('costs.csv', ['author_id', 'kind', 'amount', 'currency', 'spent_at'], rows);
}
