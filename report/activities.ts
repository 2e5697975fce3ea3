import { activitiesIn } from '../activities/activities.ts';
import type { World } from '../activities/world.ts';
import type { Activities } from '../contracts/night.ts';
import { writePage } from './writePage.ts';

/** All steps of a night in a real world, the page included. */
export function nightActivities(world: World): Activities {
  return { ...activitiesIn(world), writePage: input => writePage(world, input) };
}
