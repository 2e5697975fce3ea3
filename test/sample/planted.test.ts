import { describe, expect, test } from 'vitest';
import { readCampaign } from '../../contracts/campaignFile.ts';
import { pathsOf } from '../../contracts/campaignPaths.ts';
import { generate } from '../../tools/sample/generate.ts';
import { readSample, resolve, tableOf, textOf } from './reading.ts';

const files = generate(7).all;
const truth = JSON.parse(textOf(files, 'truth.json'));
const reading = readSample(files);
const { staged } = resolve(reading);
const authors = tableOf(files, 'truth/authors.csv');
const roleOf = new Map(authors.map(author => [author.author_id!, author.role!]));
const all = [...staged.values()];

describe('the talk', () => {
  test('is about 20,000 messages of about 1,200 accounts on three networks', () => {
    expect(all.length).toBeGreaterThan(19_000);
    expect(all.length).toBeLessThan(21_000);
    expect(authors.length).toBeGreaterThan(1_150);
    const written = new Set(all.map(row => row.author));
    for (const author of written) expect(roleOf.has(author), author).toBe(true);
  });

  test('answers go to the planted influencers, hardly to the fan', () => {
    const received = new Map<string, number>();
    for (const row of all) {
      const target = staged.get(row.forwards ?? row.answers ?? '');
      if (target && target.author !== row.author)
        received.set(target.author, (received.get(target.author) ?? 0) + 1);
    }
    const ranked = [...received].sort((a, b) => b[1] - a[1]).map(([author]) => author);
    const top = ranked.slice(0, 40).filter(author => roleOf.get(author) === 'influencer');
    expect(top.length).toBeGreaterThanOrEqual(36);
    expect(received.get(truth.fan.author_id) ?? 0).toBeLessThan(20);
    expect(truth.fan.followers).toBe(184_210);
    expect(all.filter(row => row.author === truth.fan.author_id).length).toBeGreaterThan(100);
  });

  test('the boosted account lives by the ring', () => {
    const ring = new Set(truth.ring);
    const forwards = all.filter(row => staged.get(row.forwards ?? '')?.author === truth.boosted.author_id);
    const byRing = forwards.filter(row => ring.has(row.author));
    expect(byRing.length).toBeGreaterThanOrEqual(20);
    expect(forwards.length - byRing.length).toBeLessThan(6);
  });

  test('hostile words stand in hostile answers only', () => {
    const hostile = new Set(tableOf(files, 'truth/hostile.csv').map(row => row.message_id));
    const words = /\b(nul|honteux|infect|minable|scam|ripoff|sham|disgrace)\b/i;
    for (const row of all)
      if (row.kind !== 'reshare') expect(words.test(row.text), row.text).toBe(hostile.has(row.id));
    expect(hostile.size).toBeGreaterThan(200);
  });

  test('homonyms are labelled', () => {
    const homonyms = tableOf(files, 'truth/homonyms.csv');
    expect(homonyms.length).toBeGreaterThan(80);
    const seeds = /\b(glace|cornet|cone|scoop)\b/i;
    for (const { message_id } of homonyms) expect(staged.get(message_id!)!.text).toMatch(seeds);
  });

  test('people who care about ice cream talk about it', () => {
    const seeds = /\b(glace|sorbet|gelato|sundae|cornet|cone|scoop)\b/i;
    const homonyms = new Set(tableOf(files, 'truth/homonyms.csv').map(row => row.message_id));
    const shareOf = (isInterested: string) => {
      const these = new Set(
        authors
          .filter(author => author.role === 'ordinary' && author.is_interested_in_ice_cream === isInterested)
          .map(author => author.author_id),
      );
      const posts = all.filter(row => row.kind === 'post' && these.has(row.author) && !homonyms.has(row.id));
      return posts.filter(row => seeds.test(row.text)).length / posts.length;
    };
    expect(shareOf('true')).toBeGreaterThan(0.4);
    expect(shareOf('false')).toBeLessThan(0.06);
  });
});

describe('the ring', () => {
  const together = new Map<string, number>();
  const shares = new Map<string, typeof all>();
  for (const row of all) {
    const ownTags = row.hashtags.includes(' ') && row.hashtags;
    // A repost repeats the words of another: only what is reposted counts.
    const objects = row.kind === 'reshare' ? [row.forwards] : [row.link, ownTags];
    for (const object of objects) if (object) shares.set(object, [...(shares.get(object) ?? []), row]);
  }
  for (const rows of shares.values()) {
    const pairs = new Set<string>();
    for (const a of rows)
      for (const b of rows)
        if (a.author < b.author && Math.abs(a.at - b.at) <= 10_000) pairs.add(`${a.author} ${b.author}`);
    for (const pair of pairs) together.set(pair, (together.get(pair) ?? 0) + 1);
  }
  const isRing = (pair: string) => pair.split(' ').every(author => truth.ring.includes(author));

  test('each two of its twelve accounts act together again and again', () => {
    const weights = [...together].filter(([pair]) => isRing(pair)).map(([, weight]) => weight);
    expect(weights).toHaveLength(66);
    expect(Math.min(...weights)).toBeGreaterThanOrEqual(5);
  });

  test('nobody else does so twice, though moments bring many together once', () => {
    const others = [...together].filter(([pair]) => !isRing(pair)).map(([, weight]) => weight);
    expect(Math.max(...others)).toBe(1);
    expect(others.length).toBeGreaterThan(300);
  });
});

describe('the shop', () => {
  const orders = tableOf(files, 'orders.csv');
  const caused = tableOf(files, 'truth/orders.csv');

  test('what the truth says of orders stands in the orders', () => {
    const byId = new Map(orders.map(order => [order.order_id!, order]));
    const codes = new Map(tableOf(files, 'codes.csv').map(row => [row.code!, row]));
    for (const { order_id, caused_by, touch } of caused) {
      const order = byId.get(order_id!)!;
      if (touch === 'caused') expect(codes.get(order.code!)!.author_id).toBe(caused_by);
      if (touch === '') expect(order.code).toBe('');
      if (touch === 'unknown code') expect(codes.has(order.code!)).toBe(false);
      if (touch === 'outside window')
        expect(order.ordered_at! < codes.get(order.code!)!.valid_from!).toBe(true);
      if (caused_by) expect(order.ordered_at! >= '2026-03-01').toBe(true);
    }
    const touched = orders.filter(order => order.code).length;
    expect(touched).toBe(caused.filter(row => row.touch !== '').length);
    const customers = new Set(tableOf(files, 'customers.csv').map(row => row.customer_id));
    for (const order of orders) expect(customers.has(order.customer_id)).toBe(true);
    const rates = new Set(tableOf(files, 'rates.csv').map(row => `${row.date} ${row.currency}`));
    for (const order of orders)
      if (order.currency !== 'EUR')
        expect(rates.has(`${order.ordered_at!.slice(0, 10)} ${order.currency}`)).toBe(true);
    const net = caused.filter(row => row.caused_by !== '').reduce((sum, row) => sum + Number(row.eur_net), 0);
    expect(net).toBeCloseTo(truth.returns.orders.caused.revenue_eur_net, 2);
  });

  test('costs and panel tell of the same money', () => {
    const costs = tableOf(files, 'costs.csv').reduce((sum, row) => sum + Number(row.amount), 0);
    const panel = tableOf(files, 'panel.csv');
    const spent = panel.reduce((sum, row) => sum + Number(row.cost), 0);
    expect(costs).toBeCloseTo(truth.returns.panel.cost_eur, 2);
    expect(spent).toBeCloseTo(truth.returns.panel.cost_eur, 2);
    for (const row of panel)
      if (Number(row.cost) > 0) expect([row.group, row.date! >= '2026-03-01']).toEqual(['treated', true]);
  });

  test('a regression on the control zones finds the lift, before and after alone is far off', () => {
    const panel = tableOf(files, 'panel.csv');
    const days = [...new Set(panel.map(row => row.date!))].sort();
    const sales = (group: string, date: string) =>
      panel
        .filter(row => row.group === group && row.date === date)
        .reduce((sum, row) => sum + Number(row.sales), 0);
    const points = days.map(date => ({ date, x: sales('control', date), y: sales('treated', date) }));
    const before = points.filter(point => point.date < '2026-03-01');
    const during = points.filter(point => point.date >= '2026-03-01');
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [mx, my] = [mean(before.map(point => point.x)), mean(before.map(point => point.y))];
    const slope =
      before.reduce((sum, { x, y }) => sum + (x - mx) * (y - my), 0) /
      before.reduce((sum, { x }) => sum + (x - mx) ** 2, 0);
    const lift = during.reduce((sum, { x, y }) => sum + y - my - slope * (x - mx), 0);
    const { incremental_eur, cost_eur, iroas } = truth.returns.panel;
    expect(Math.abs(lift - incremental_eur) / incremental_eur).toBeLessThan(0.2);
    const naive = during.reduce((sum, { y }) => sum + y - my, 0) / cost_eur;
    expect(naive).toBeGreaterThan(2 * iroas);
  });

  test('the other campaign has no control at all', () => {
    const groups = new Set(tableOf(files, 'panel-everywhere.csv').map(row => row.group));
    expect([...groups]).toEqual(['treated']);
  });

  test('every author that a file names exists', () => {
    const named = ['candidates', 'identities', 'optouts', 'codes', 'costs', 'customers'].flatMap(name =>
      tableOf(files, `${name}.csv`).map(row => row.author_id!),
    );
    for (const author of named) expect(author === '' || roleOf.has(author), author).toBe(true);
    const people = Map.groupBy(tableOf(files, 'identities.csv'), row => row.person_id!);
    for (const accounts of people.values()) expect(accounts.length).toBeGreaterThan(1);
  });
});

test.each(['campaign.yaml', 'campaign-undecided.yaml'])('%s is valid and its files are there', name => {
  const { campaign, faults } = readCampaign(textOf(files, name));
  expect(faults).toEqual([]);
  expect(campaign!.brand.accounts).toEqual(truth.brand_accounts);
  for (const { path } of pathsOf(campaign!)) {
    const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);
    expect(
      [...files.keys()].some(file => pattern.test(file)),
      path,
    ).toBe(true);
  }
});
