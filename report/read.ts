import type { Session } from '../engine/engine.ts';
import type { Lake } from '../lake/lake.ts';
import type { Manifest } from '../lake/nights.ts';
import { type Cascade, readCascade } from './cascade.ts';
import { type Influence, readInfluence } from './influence.ts';
import { nightTables } from './nightTables.ts';
import { type Personas, readPersonas } from './personas.ts';
import { type Plan, readPlan } from './plan.ts';
import { type Returns, readReturns } from './returns.ts';
import { readTopics, type Topics } from './topics.ts';
import { readUnseen, type Unseen } from './unseen.ts';
import { type Night, readNight } from './verdict.ts';

/** All that the page tells of a night. */
export interface NightOnPage {
  version: string;
  night: Night;
  plan: Plan;
  returns: Returns;
  influence: Influence;
  cascade: Cascade;
  personas: Personas;
  topics: Topics;
  unseen: Unseen;
}

/** Reads what the page needs of a night's published tables, as its manifest names them. */
export async function readPage(lake: Lake, session: Session, manifest: Manifest): Promise<NightOnPage> {
  const tables = await nightTables(lake, session, manifest);
  const night = await readNight(tables);
  return {
    version: manifest.version,
    night,
    plan: await readPlan(tables),
    returns: await readReturns(tables),
    influence: await readInfluence(tables),
    cascade: await readCascade(tables),
    personas: await readPersonas(tables),
    topics: await readTopics(tables),
    unseen: await readUnseen(tables, night.as_of),
  };
}
