import type { OutcomeCapture, Span, Task } from '../../contracts/collection.ts';
import type { World } from '../world.ts';
import type { Keeper } from './keeper.ts';

/**
 * Writes down a stretch that the network no longer holds, and that all before it was asked: the end of the task may
 * speak of what comes after it only, or what it covers would hide the hole.
 *
 * @param told all of the task's span before was told of already
 * @returns up to where it is told now
 */
export function tellHole(
  world: World,
  keeper: Keeper,
  { query, span }: Task,
  hole: Span,
  told?: string,
): string {
  const captured_at = world.networks.now().toISOString();
  const tell = (span: Span, ended: Pick<OutcomeCapture, 'outcome' | 'reason'>) => {
    if (Date.parse(span.from) < Date.parse(span.to))
      keeper.add({ what: 'outcome', query, span, captured_at, ...ended });
  };
  tell({ from: told ?? span.from, to: hole.from }, { outcome: 'covered', reason: '' });
  tell(hole, { outcome: 'failed', reason: 'the network no longer holds it' });
  return hole.to;
}
