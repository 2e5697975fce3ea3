/**
 * When X's own cap of posts begins anew: at the day of the month that `/2/usage/tweets` tells (`cap_reset_day`), else at
 * the first of the next month, in UTC.
 */
export function capReset({ data }: { data?: unknown }, now: number): Date {
  const told = Number((data as { cap_reset_day?: unknown } | undefined)?.cap_reset_day);
  const day = Number.isInteger(told) && told >= 1 && told <= 31 ? told : 1;
  const today = new Date(now);
  const inMonth = (month: number) => {
    // A month without that day ends before it.
    const last = new Date(Date.UTC(today.getUTCFullYear(), month + 1, 0)).getUTCDate();
    return new Date(Date.UTC(today.getUTCFullYear(), month, Math.min(day, last)));
  };
  const thisMonth = inMonth(today.getUTCMonth());
  return thisMonth.getTime() > now ? thisMonth : inMonth(today.getUTCMonth() + 1);
}
