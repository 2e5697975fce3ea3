import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cascadeSection } from './cascade.ts';
import type { Child } from './element.ts';
import { htmlOf } from './html.ts';
import { influenceSection } from './influence.ts';
import type { Language } from './language.ts';
import { newPaper, type Paper } from './paper.ts';
import { personasSection } from './personas.ts';
import { planSection } from './plan.ts';
import type { NightOnPage } from './read.ts';
import { returnsSection } from './returnsSection.ts';
import { pageTexts } from './texts/page.ts';
import { topicsSection } from './topics.ts';
import { unseenSection } from './unseen.ts';
import { verdict } from './verdict.ts';

const styleSheet = readFileSync(new URL('./page.css', import.meta.url), 'utf8')
  .replace(/\s*\n\s*/g, '\n')
  .trim();
/** The page may use this style sheet and nothing else: no script, no image, no connection. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(styleSheet).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** The page of a night: one HTML text that needs nothing beside it. */
export function pageOf(night: NightOnPage, language: Language): string {
  const paper = newPaper(language);
  const { make } = paper;
  const texts = pageTexts[language];
  const sections: [string, string, Child][] = [
    ['plan', texts.sections.plan, planSection(paper, night.plan)],
    ['returns', texts.sections.returns, returnsSection(paper, night.returns, night.night)],
    ['influence', texts.sections.influence, influenceSection(paper, night.influence)],
    ['cascade', texts.sections.cascade, cascadeSection(paper, night.cascade)],
    ['personas', texts.sections.personas, personasSection(paper, night.personas)],
    ['topics', texts.sections.topics, topicsSection(paper, night.topics)],
    ['unseen', texts.sections.unseen, unseenSection(paper, night.unseen, night.night)],
  ];
  const body = make(
    'body',
    {},
    make('a', { class: 'skip', href: '#plan' }, texts.skip),
    make(
      'main',
      {},
      verdict(paper, { night: night.night, returns: night.returns.methods, plan: night.plan.people }),
      make(
        'nav',
        { 'aria-label': texts.contents },
        make(
          'ol',
          {},
          sections.map(([id, name]) => make('li', {}, make('a', { href: `#${id}` }, name))),
        ),
      ),
      sections.map(([, , section]) => section),
    ),
    foot(paper, night),
  );
  return `<!doctype html>\n${htmlOf(make('html', { lang: language }, head(paper, night), body))}\n`;
}

function head({ make, format, language }: Paper, { night }: NightOnPage): Child {
  return make(
    'head',
    {},
    make('meta', { charset: 'utf-8' }),
    make('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    make('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    make('meta', { name: 'color-scheme', content: 'light dark' }),
    make('meta', { name: 'robots', content: 'noindex' }),
    make('meta', { name: 'referrer', content: 'no-referrer' }),
    make('title', {}, pageTexts[language].title(night.campaign, format.day(night.as_of))),
    make('style', {}, styleSheet),
  );
}

function foot({ make, language }: Paper, { night, version }: NightOnPage): Child {
  const texts = pageTexts[language];
  return make(
    'footer',
    {},
    make('p', {}, texts.made, ' ', make('code', {}, `${night.campaign}/${version}`)),
    make('p', {}, texts.sources),
  );
}
