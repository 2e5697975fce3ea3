import { describe } from 'vitest';
import { badAnswers } from './badAnswers.ts';
import { completeness } from './completeness.ts';
import { faults } from './faults.ts';
import type { Fixture } from './fixture.ts';
import { limits } from './limits.ts';

/** What every source has to withstand, against a real HTTP server that speaks as its network does. */
export function conforms(name: string, fixture: Fixture): void {
  describe(`${name}, as every source,`, () => {
    completeness(fixture);
    limits(fixture);
    faults(fixture);
    badAnswers(fixture);
  });
}
