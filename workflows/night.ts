import type { Activities, NightRequest, NightResult, StepResult, Tables } from '../contracts/night.ts';
import { type Stage, stages } from '../contracts/stages.ts';

/** Told what the night is at; Temporal shows it, a test may ignore it. */
export type Tell = (stage: Stage, done: NightResult['steps']) => void;

/** How many steps a whole night reports, for those who watch it. */
export const nightSteps = 35;

/**
 * A night, from top to bottom: exported conversations in, influence published. The same function runs under Temporal, in
 * a plain test and in a debugger; only the activities differ.
 */
export async function night(
  request: NightRequest,
  act: Activities,
  tell: Tell = () => {},
): Promise<NightResult> {
  const night = await act.open(request);
  const steps: NightResult['steps'] = [];
  let tables: Tables = {};
  const add = async (step: Promise<StepResult>) => {
    const { tables: made, report } = await step;
    tables = { ...tables, ...made };
    steps.push(report);
    tell(report.stage, steps);
  };
  const model = (stage: Stage, step: string, ...wanted: string[]) =>
    add(act.model({ night, stage, step, wanted, tables }));
  const ends = (stage: Stage) =>
    night.scope.only !== undefined && stages.indexOf(night.scope.only) <= stages.indexOf(stage);
  const result = (end: Pick<Partial<NightResult>, 'published' | 'pages'> = {}): NightResult => {
    const { run, campaign, interval, mode } = night;
    return { run, campaign, interval, mode, steps, published: end.published, pages: end.pages };
  };

  await add(act.collect({ night, pinned: request.pinned }));
  await add(act.read({ night, tables }));
  await add(act.readSheets({ night, tables }));
  await add(act.pseudonymise({ night, tables }));
  await model(
    'conversations',
    'lists',
    'stg_files',
    'stg_live_lanes',
    'stg_brand_accounts',
    'stg_hostile_words',
  );
  await model(
    'conversations',
    'messages',
    'stg_messages',
    'stg_unseen_messages',
    'stg_deletions',
    'stg_books',
    'stg_reading_measures',
    'stg_missed_hours',
    'stg_unasked_lanes',
    'fct_coverage',
    'fct_captures',
  );
  await model('conversations', 'authors', 'stg_persons', 'dim_authors');
  if (ends('conversations')) return result();

  await add(act.growForest({ night, tables }));
  await model('cascades', 'tables', 'fct_messages', 'fct_cascades');
  if (ends('cascades')) return result();

  await add(act.findCoordination({ night, tables }));
  await model('authenticity', 'tables', 'fct_coordination');
  if (ends('authenticity')) return result();

  await model('influence', 'ties', 'stg_ties', 'stg_hostile_messages');
  await add(act.sumInfluence({ night, tables }));
  await model('influence', 'tables', 'stg_influential', 'fct_influence_ties', 'fct_influencers');
  if (ends('influence')) return result();

  await model('interests', 'topics', 'stg_topic_words');
  await add(act.splitWords({ night, tables }));
  await add(act.growLexicon({ night, tables }));
  await model(
    'interests',
    'talk',
    'stg_topic_messages',
    'stg_topic_dispersion',
    'stg_person_words',
    'stg_person_topics',
  );
  await add(act.fitInterests({ night, tables }));
  await model(
    'interests',
    'tables',
    'stg_interests',
    'fct_interests',
    'fct_topics',
    'fct_topic_neighbours',
    'fct_topic_words',
  );
  if (ends('interests')) return result();

  await model('personas', 'features', 'stg_persona_features', 'stg_persona_platforms');
  await add(act.findPersonas({ night, tables }));
  await model(
    'personas',
    'tables',
    'stg_persona_memory',
    'dim_personas',
    'fct_persona_features',
    'fct_persona_members',
    'fct_persona_changes',
    'fct_persona_choice',
  );
  if (ends('personas')) return result();

  await model('recruitment', 'candidates', 'stg_spread_ties', 'stg_prospects', 'fct_candidates');
  await add(act.planRecruitment({ night, tables }));
  await model(
    'recruitment',
    'tables',
    'fct_recruitment_plan',
    'fct_recruitment_alternatives',
    'fct_recruitment_holdout',
  );
  if (ends('recruitment')) return result();

  await model('incentives', 'redemptions', 'fct_redemptions');
  await add(act.keepLedger({ night, tables }));
  await model('incentives', 'tables', 'fct_incentives');
  if (ends('incentives')) return result();

  await add(act.valueInfluence({ night, tables }));
  await add(act.divideCredit({ night, tables }));
  await add(act.estimateReturns({ night, tables }));
  await model(
    'returns',
    'tables',
    'fct_influencer_value',
    'fct_credits',
    'fct_returns',
    'fct_return_placebos',
    'fct_return_days',
  );
  if (ends('returns')) return result();

  await model('publish', 'quality', 'fct_quality', 'dim_night');
  // The page alone is made of the night that is published.
  const isPageAlone = (night.scope.only ?? night.scope.from) === 'report';
  const published = isPageAlone ? undefined : await act.publish({ night, tables, steps });
  if (ends('publish')) return result({ published });

  const page = act.writePage({ night, tables });
  await add(page);
  return result({ published, pages: (await page).pages });
}
