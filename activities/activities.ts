import type { Activities } from '../contracts/night.ts';
import { findCoordination } from './authenticity.ts';
import { growForest } from './cascades.ts';
import { collect } from './collect.ts';
import { divideCredit } from './credit.ts';
import { sumInfluence } from './influence.ts';
import { valueInfluence } from './influencerValue.ts';
import { fitInterests } from './interests.ts';
import { keepLedger } from './ledger.ts';
import { growLexicon } from './lexicon.ts';
import { runModel } from './model.ts';
import { openNight } from './open.ts';
import { findPersonas } from './personas.ts';
import { pseudonymise } from './pseudonyms.ts';
import { publish } from './publish.ts';
import { readFiles } from './readFiles.ts';
import { readSheets } from './readSheets.ts';
import { planRecruitment } from './recruitment.ts';
import { estimateReturns } from './returns.ts';
import { splitWords } from './words.ts';
import type { World } from './world.ts';

/** The steps of a night in a real world, up to what is published; the page is the report's. */
export function activitiesIn(world: World): Omit<Activities, 'writePage'> {
  return {
    open: request => openNight(world, request),
    collect: input => collect(world, input),
    read: input => readFiles(world, input),
    readSheets: input => readSheets(world, input),
    pseudonymise: input => pseudonymise(world, input),
    model: input => runModel(world, input),
    growForest: input => growForest(world, input),
    findCoordination: input => findCoordination(world, input),
    sumInfluence: input => sumInfluence(world, input),
    splitWords: input => splitWords(world, input),
    growLexicon: input => growLexicon(world, input),
    fitInterests: input => fitInterests(world, input),
    findPersonas: input => findPersonas(world, input),
    planRecruitment: input => planRecruitment(world, input),
    keepLedger: input => keepLedger(world, input),
    valueInfluence: input => valueInfluence(world, input),
    divideCredit: input => divideCredit(world, input),
    estimateReturns: input => estimateReturns(world, input),
    publish: input => publish(world, input),
  };
}
