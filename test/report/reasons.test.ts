import { describe, expect, it } from 'vitest';
import { pageOf } from '../../report/page.ts';
import { bareNight } from './night.ts';

describe('reasons', () => {
  /** A reason on the French page of a night that can't tell. */
  const told = (returns_reason: string) => {
    const night = {
      ...bareNight,
      night: { ...bareNight.night, returns_verdict: 'cannot_tell', returns_reason },
    };
    return /<h1>.*?<p class="lead">(.*?)<\/p>/.exec(pageOf(night, 'fr'))![1]!.replace(/[\u00a0\u202f]/g, ' ');
  };

  it('are put into French, clause by clause, with their figures', () => {
    expect(
      told(
        'There is no control: the campaign ran in all 1,024 units of the panel, so nothing is left to compare with.',
      ),
    ).toBe(
      'Il n’y a pas de zone témoin : la campagne a eu lieu dans les 1 024 unités du panel, il ne reste rien à comparer.',
    );
    expect(
      told(
        'The panel has no sales of unit <b>z</b> on 2026-03-02, the first of 12 such holes: write 0 where nothing was sold; nothing is filled in, because a guess would pass for a measurement.',
      ),
    ).toBe(
      'Le panel n’a pas de ventes de l’unité &lt;b&gt;z&lt;/b&gt; le 2026-03-02, premier de 12 trous : écrivez 0 là où rien ne s’est vendu ; rien n’est complété, car une supposition passerait pour une mesure.',
    );
    expect(told('4 treated units are too few; this design needs at least 5.')).toBe(
      '4 unités exposées, c’est trop peu ; cette méthode en demande au moins 5.',
    );
    expect(
      told(
        'It would find only a campaign that brings back 7.3 times what pays for it, and more than 3 times is too much to ask of one.',
      ),
    ).toContain('rapportant 7,3 fois de quoi la payer');
  });

  it('are marked as English where no French is known', () => {
    expect(told('The moon stood in the way; nothing helped.')).toBe(
      '<span lang="en">The moon stood in the way; nothing helped.</span>',
    );
  });
});
