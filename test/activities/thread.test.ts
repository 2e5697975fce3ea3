import { describe, expect, it } from 'vitest';
import { inThread } from '../../activities/thread.ts';
import { FatalError } from '../../contracts/errors.ts';
import { type Forest, type ForestInput, growForest } from '../../methods/forest.ts';
import type { HubbellInput, HubbellScore } from '../../methods/hubbell.ts';

const forestModule = new URL('../../methods/forest.ts', import.meta.url);
const hubbellModule = new URL('../../methods/hubbell.ts', import.meta.url);

function path(count: number): ForestInput {
  return {
    count,
    unseen: 0,
    parent: Int32Array.from({ length: count }, (_, node) => node - 1),
    time: Float64Array.from({ length: count }, (_, node) => node),
    weight: new Uint8Array(count).fill(1),
  };
}

function pair(weight: number): HubbellInput {
  return {
    n: 2,
    from: Int32Array.of(0, 1),
    to: Int32Array.of(1, 0),
    weight: Float64Array.of(weight, weight),
    exogenous: 1,
  };
}

describe('inThread', () => {
  it('returns what the function returns here', async () => {
    const forest = await inThread<ForestInput, Forest>(forestModule, 'growForest', path(1000));
    expect(forest).toEqual(growForest(path(1000)));
  });

  it('copies the input, but moves the buffers it is told to', async () => {
    const input = path(10);
    await inThread(forestModule, 'growForest', input, { transfer: [input.time.buffer as ArrayBuffer] });
    expect([input.time.length, input.parent.length]).toEqual([0, 10]);
  });

  it('keeps a FatalError what it is', async () => {
    const refused = await inThread<HubbellInput, HubbellScore>(hubbellModule, 'hubbellSum', pair(1)).catch(
      error => error,
    );
    expect(refused).toBeInstanceOf(FatalError);
    expect(refused.name).toBe('FatalError');
    expect(refused.what).toBe('influence has no finite sum: the spectral radius is not below 1 (ρ(W) is 1)');
    expect(refused.where).toBeUndefined();
    expect(refused.next).toContain('lower the weights');
    expect(refused.message).toBe(`${refused.what} — ${refused.next}`);
  });

  it('keeps the name and message of any other error', async () => {
    const thrown = await inThread<undefined, Forest>(forestModule, 'growForest', undefined).catch(
      error => error,
    );
    expect(thrown).not.toBeInstanceOf(FatalError);
    expect([thrown.name, thrown.message.includes('destructure')]).toEqual(['TypeError', true]);
  });

  it('says which function a file does not export', async () => {
    await expect(inThread(forestModule, 'growTree', path(1))).rejects.toThrow('exports no function growTree');
  });

  it('ends the thread when the signal aborts', async () => {
    // Close enough to 1 to keep the thread at work for minutes.
    const endless = pair(1 - 2e-9);
    const reason = new Error('the night was called off');
    const control = new AbortController();
    const running = inThread(hubbellModule, 'hubbellSum', endless, { signal: control.signal });
    setTimeout(() => control.abort(reason), 300);
    await expect(running).rejects.toBe(reason);
  });

  it('starts nothing when the signal has aborted before', async () => {
    const reason = new Error('too late');
    const running = inThread(forestModule, 'growForest', path(1), { signal: AbortSignal.abort(reason) });
    await expect(running).rejects.toBe(reason);
  });

  it('runs several at once, each with its own answer', async () => {
    const weights = [0.1, 0.2, 0.3, 0.4];
    const scores = await Promise.all(
      weights.map(weight => inThread<HubbellInput, HubbellScore>(hubbellModule, 'hubbellSum', pair(weight))),
    );
    scores.forEach(({ score }, at) => {
      expect(score[0]).toBeCloseTo(1 / (1 - weights[at]!), 8);
    });
  });
});
