import { expect, it } from 'vitest';
import { personaNights } from './personaNights.ts';

it('personas keep their identity over twelve nights of the sample', async () => {
  const nights = await personaNights(12);
  const [first] = nights;
  expect(first!.personas.map(({ persona_id }) => persona_id)).toEqual([
    'persona-1',
    'persona-2',
    'persona-3',
  ]);
  for (const { personas, agreement } of nights) {
    expect(personas.map(({ persona_id, name }) => [persona_id, name])).toEqual(
      first!.personas.map(({ persona_id, name }) => [persona_id, name]),
    );
    expect(agreement).toBeGreaterThanOrEqual(0.9);
  }
  expect(nights.slice(1).flatMap(({ changes }) => changes.map(({ change }) => change))).toEqual(
    Array(33).fill('kept'),
  );
}, 900_000);
