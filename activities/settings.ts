import { type Campaign, currencyOf, daysOf } from '../contracts/campaign.ts';
import { addDays } from '../contracts/interval.ts';
import { readMoney, unitsPerOne } from '../contracts/money.ts';
import type { Night } from '../contracts/night.ts';
import type { ColumnType, Scalar, Session } from '../engine/engine.ts';
import type { Lake } from '../lake/lake.ts';

/** The campaign as a night read it. */
export interface Settings {
  campaign: Campaign;
  /** Absolute path of the campaign file; its paths are relative to its folder. */
  file: string;
}

export async function settingsOf(lake: Lake, night: Pick<Night, 'settings'>): Promise<Settings> {
  const bytes = await lake.read(night.settings);
  if (bytes === undefined) throw new Error(`the lake has no settings under ${night.settings}`);
  return JSON.parse(bytes.toString('utf8')) as Settings;
}

type Parameter = readonly [type: ColumnType, value: Scalar];

/** The one-row table `params`, by column: everything that SQL may depend on besides its tables. */
export function parametersOf(campaign: Campaign, night: Pick<Night, 'interval'>): Record<string, Parameter> {
  const { weights } = campaign.influence;
  const [first] = Object.keys(campaign.topics ?? {});
  const { from, to } = night.interval;
  const { flight, recruitment } = campaign;
  return {
    campaign: ['VARCHAR', campaign.campaign],
    interval_from: ['TIMESTAMP', `${from} 00:00:00`],
    interval_to: ['TIMESTAMP', `${to} 00:00:00`],
    window_from: ['TIMESTAMP', `${addDays(to, -daysOf(campaign.window.conversations))} 00:00:00`],
    // Only who plans what to collect has a clock; a night has none.
    asked_at: ['TIMESTAMP', null],
    // Tries before it are forgiven, where holes are filled.
    tries_from: ['TIMESTAMP', null],
    as_of: ['DATE', addDays(to, -1)],
    pseudonymise: ['BOOLEAN', campaign.privacy.pseudonymise],
    weight_reshare: ['DOUBLE', weights.reshare],
    weight_quote: ['DOUBLE', weights.quote],
    weight_reply: ['DOUBLE', weights.reply],
    weight_comment: ['DOUBLE', weights.comment],
    timezone: ['VARCHAR', campaign.timezone],
    topic: ['VARCHAR', campaign.recruitment?.topic ?? first ?? null],
    currency: ['VARCHAR', currencyOf(campaign) ?? null],
    margin: ['DOUBLE', campaign.orders?.margin ?? null],
    budget: [
      'DECIMAL(18,4)',
      recruitment === undefined ? null : readMoney(recruitment.budget).units / unitsPerOne,
    ],
    flight_from: ['DATE', flight?.from ?? null],
    flight_to: ['DATE', flight?.to ?? null],
    audience_from: [
      'TIMESTAMP',
      flight === undefined
        ? null
        : `${addDays(flight.from, -daysOf(campaign.window.conversations))} 00:00:00`,
    ],
    touches_from: [
      'TIMESTAMP',
      flight === undefined ? null : `${addDays(flight.from, -daysOf(campaign.window.attribution))} 00:00:00`,
    ],
    pre_from: ['DATE', flight?.pre_from ?? null],
    pre_to: ['DATE', flight?.pre_to ?? null],
    incentives_from: ['DATE', campaign.incentives?.from ?? null],
    incentives_to: ['DATE', campaign.incentives?.to ?? null],
  };
}

/** The parameters that these SELECTs name, as `params.<column>`: only these count in a step's fingerprint. */
export function parametersIn(
  sql: readonly string[],
  parameters: Readonly<Record<string, Parameter>>,
): Record<string, Scalar> {
  const named = new Set(
    sql.flatMap(text => [...text.matchAll(/\bparams\.([a-z0-9_]+)/g)].map(match => match[1]!)),
  );
  return Object.fromEntries(
    [...named].sort().map(name => {
      const parameter = parameters[name];
      if (parameter === undefined) throw new Error(`params has no column ${name}`);
      return [name, parameter[1]];
    }),
  );
}

export async function fillParameters(
  session: Session,
  parameters: Readonly<Record<string, Parameter>>,
): Promise<void> {
  const types = Object.fromEntries(Object.entries(parameters).map(([name, [type]]) => [name, type]));
  await session.fill('params', types, [Object.values(parameters).map(([, value]) => value)]);
}
