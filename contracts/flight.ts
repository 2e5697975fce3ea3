/** The days over which returns are measured, and the quiet days before them that they are compared with; both ends included. */
export interface Flight {
  from: string;
  to: string;
  pre_from: string;
  pre_to: string;
}

/** What is wrong with the days of a flight, each with its keys below `flight`. */
export function faultsOfFlight(flight: Flight | undefined): { keys: (keyof Flight)[]; message: string }[] {
  if (flight === undefined) return [];
  const { from, to, pre_from, pre_to } = flight;
  const faults: { keys: (keyof Flight)[]; message: string }[] = [];
  if (to < from) faults.push({ keys: ['to'], message: `lies before from, ${from}` });
  if (pre_to < pre_from) faults.push({ keys: ['pre_to'], message: `lies before pre_from, ${pre_from}` });
  if (pre_to >= from)
    faults.push({
      keys: ['pre_to'],
      message: `must lie before the flight, which begins on ${from}: what is compared with must not hold the campaign`,
    });
  return faults;
}
