import { messageOf } from '../../contracts/errors.ts';

/** One thing that was looked at. Only what is missing keeps Sillage from working. */
export interface Finding {
  what: string;
  status: 'ok' | 'warning' | 'missing';
  /** What is there. */
  found: string;
  /** What to do about it; null where nothing need be done. */
  next: string | null;
}

export function ok(what: string, found: string): Finding {
  return { what, status: 'ok', found, next: null };
}

export function warning(what: string, found: string, next: string): Finding {
  return { what, status: 'warning', found, next };
}

export function missing(what: string, found: string, next: string): Finding {
  return { what, status: 'missing', found, next };
}

/** Looks for at most so many milliseconds: whatever hangs or breaks is a finding too. */
export async function lookAt(
  what: string,
  patience: number,
  look: () => Promise<Finding | Finding[]>,
): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>(resolve => {
    const said = missing(
      what,
      `no answer within ${patience / 1000} s`,
      'find out what it waits for, and look again',
    );
    timer = setTimeout(() => resolve(said), patience);
  });
  try {
    return [await Promise.race([look(), late])].flat();
  } catch (error) {
    return [missing(what, messageOf(error), 'mend what it says, and look again')];
  } finally {
    clearTimeout(timer);
  }
}
