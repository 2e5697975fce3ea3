import type { World } from '../../activities/world.ts';
import type { Span } from '../../contracts/collection.ts';
import type { PageAsk } from '../../sources/liveSource.ts';
import { plainCollect } from './plain.ts';
import type { Village } from './village.ts';

export class Cut extends Error {}

/** A village behind a line that fails where it is told to, and that may forget what is long ago, or a stretch of it. */
export function troubled(
  world: World,
  village: Village,
  {
    fails = () => false,
    reachHours,
    hole,
  }: { fails?: (ask: PageAsk) => boolean; reachHours?: number; hole?: Span },
): World {
  const networks = village.networks();
  const open: typeof networks.open = (...of) => {
    const living = networks.open(...of);
    return {
      ...living,
      standing: living.standing.map(one => (reachHours === undefined ? one : { ...one, reachHours })),
      async page(ask) {
        if (fails(ask)) throw new Cut('the line is cut');
        const page = await living.page(ask);
        return hole === undefined || ask.query.kind !== 'search' ? page : { ...page, hole };
      },
    };
  };
  return { ...world, networks: { ...networks, open } };
}

/** A round that goes on after every failure, as a supervisor sees to it. */
export async function patientCollect(world: World, file: string, fill = false): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    try {
      await plainCollect(world, file, 'village', fill);
      return;
    } catch (error) {
      if (!(error instanceof Cut)) throw error;
    }
  }
  throw new Error('the round does not end');
}
