/** The stages of a night, in order. Each is a folder of `sql/` (but for the report, which makes no table), a line of the workflow and a row of the README. */
export const stages = [
  'conversations',
  'cascades',
  'authenticity',
  'influence',
  'interests',
  'personas',
  'recruitment',
  'incentives',
  'returns',
  'publish',
  'report',
] as const;

export type Stage = (typeof stages)[number];

export function isStage(word: string): word is Stage {
  return (stages as readonly string[]).includes(word);
}
