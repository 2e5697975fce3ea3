import type { Language } from './language.ts';

/** Numbers, money and days as people of a language write them. What is not known is a dash. */
export interface Formats {
  /** With so many decimals, none by default. */
  number(value: number | null, decimals?: number): string;
  /** So many digits that count, for figures of any size. */
  figure(value: number | null, digits?: number): string;
  /** As in speech: two digits below ten, a whole number from there on. */
  about(value: number | null): string;
  /** A share, 0..1. */
  percent(share: number | null, decimals?: number): string;
  /** With its sign, also where it is positive. */
  signed(value: number | null, decimals?: number): string;
  /** Money; whole units from 1,000 on; with its sign where asked, also where it is positive. */
  money(amount: number | null, currency: string | null, isSigned?: boolean): string;
  /** A UTC day: 28 March 2026. */
  day(iso: string): string;
  /** The same in few letters: 28 Mar. */
  shortDay(iso: string): string;
  /** A time of a UTC day, to the minute. */
  time(iso: string): string;
  /** Seconds in the unit that people would say: 40 minutes; 40 min in short. */
  duration(seconds: number | null, length?: 'long' | 'short'): string;
  /** An hour of the day, 0 to 24, with its minutes: 8:30. */
  clock(hours: number | null): string;
  /** Words joined as in a sentence: a, b and c. */
  list(words: readonly string[]): string;
  /** Parts of a sentence, one after the other: a; b; c. */
  series(parts: readonly string[]): string;
}

export const unknown = '–';

const locales = { en: 'en-GB', fr: 'fr-FR' } as const;
const known = new Map<Language, Formats>();

/** The formats of a language; making them is dear, hence kept. */
export function formatsOf(language: Language): Formats {
  const formats = known.get(language) ?? newFormats(locales[language]);
  known.set(language, formats);
  return formats;
}

function newFormats(locale: string): Formats {
  const made = new Map<string, Intl.NumberFormat>();
  const told = (value: number | null, options: Intl.NumberFormatOptions) => {
    if (value === null || !Number.isFinite(value)) return unknown;
    const key = JSON.stringify(options);
    const format = made.get(key) ?? new Intl.NumberFormat(locale, options);
    made.set(key, format);
    // A hyphen is no minus.
    return format.format(value).replaceAll('-', '\u2212');
  };
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const shortDays = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const times = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  const clocks = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  return {
    number: (value, decimals = 0) => told(value, { ...fixed(decimals), signDisplay: 'negative' }),
    figure: (value, digits = 3) => told(value, { maximumSignificantDigits: digits, signDisplay: 'negative' }),
    about: value =>
      told(value, {
        ...((value ?? 0) < 10 ? { maximumSignificantDigits: 2 } : fixed(0)),
        signDisplay: 'negative',
      }),
    percent: (share, decimals = 0) =>
      told(share, { style: 'percent', ...fixed(decimals), signDisplay: 'negative' }),
    signed: (value, decimals = 2) => told(value, { ...fixed(decimals), signDisplay: 'exceptZero' }),
    money: (amount, currency, isSigned = false) => told(amount, moneyOptions(amount, currency, isSigned)),
    day: iso => days.format(dateOf(iso)),
    shortDay: iso => shortDays.format(dateOf(iso)),
    time: iso => times.format(dateOf(iso)),
    duration: (seconds, length = 'long') => told(...durationOf(seconds, length)),
    clock: hours => (hours === null ? unknown : clocks.format(new Date(Math.round(hours * 60) * 60_000))),
    list: words => lists.format(words),
    series: parts => parts.join(locale === locales.fr ? '\u202f; ' : '; '),
  };
}

function fixed(decimals: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
}

function moneyOptions(
  amount: number | null,
  currency: string | null,
  isSigned: boolean,
): Intl.NumberFormatOptions {
  const decimals = amount !== null && (Math.abs(amount) >= 1000 || Number.isInteger(amount)) ? 0 : 2;
  const digits = {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: isSigned ? 'exceptZero' : 'negative',
  } as const;
  // A currency that ISO 4217 could not know is left out: the number is right without it.
  return /^[A-Z]{3}$/.test(currency ?? '') ? { style: 'currency', currency: currency!, ...digits } : digits;
}

function durationOf(
  seconds: number | null,
  unitDisplay: 'long' | 'short',
): [number | null, Intl.NumberFormatOptions] {
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ] as const;
  const [unit, length] =
    units.find(
      ([, length]) =>
        seconds !== null && seconds >= length && (seconds >= 1.5 * length || seconds % length === 0),
    ) ?? units[3];
  return [
    seconds === null ? null : seconds / length,
    { style: 'unit', unit, unitDisplay, maximumFractionDigits: (seconds ?? 0) / length < 10 ? 1 : 0 },
  ];
}

function dateOf(iso: string): Date {
  return new Date(`${iso.replace(' ', 'T').slice(0, 19)}${iso.length > 10 ? 'Z' : ''}`);
}
