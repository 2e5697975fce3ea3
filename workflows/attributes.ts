import { defineSearchAttributeKey } from '@temporalio/common';

/** By what an operator finds a run in Temporal; registered when the server is prepared. */
export const attributes = {
  campaign: defineSearchAttributeKey('SillageCampaign', 'KEYWORD'),
  interval: defineSearchAttributeKey('SillageInterval', 'KEYWORD'),
  stage: defineSearchAttributeKey('SillageStage', 'KEYWORD'),
  mode: defineSearchAttributeKey('SillageMode', 'KEYWORD'),
} as const;

/** Names and types as the server is told them. */
export const attributeTypes: Record<string, 'Keyword'> = Object.fromEntries(
  Object.values(attributes).map(key => [key.name, 'Keyword']),
);
