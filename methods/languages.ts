import { stemmer as arabic } from '@orama/stemmers/arabic';
import { stemmer as armenian } from '@orama/stemmers/armenian';
import { stemmer as bulgarian } from '@orama/stemmers/bulgarian';
import { stemmer as danish } from '@orama/stemmers/danish';
import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as finnish } from '@orama/stemmers/finnish';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as hungarian } from '@orama/stemmers/hungarian';
import { stemmer as irish } from '@orama/stemmers/irish';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as lithuanian } from '@orama/stemmers/lithuanian';
import { stemmer as norwegian } from '@orama/stemmers/norwegian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as romanian } from '@orama/stemmers/romanian';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stemmer as swedish } from '@orama/stemmers/swedish';
import { stemmer as turkish } from '@orama/stemmers/turkish';
import { stemmer as ukrainian } from '@orama/stemmers/ukrainian';
import * as stopWords from 'stopword';

/** What is known of a language; what is missing is left out: its words stay as they are. */
export interface Language {
  /** Cuts a lower-case word to its stem. */
  stem?: (word: string) => string;
  /** Words that say nothing of what is talked about. */
  stopWords?: readonly string[];
  /** Short words that melt into the next one at an apostrophe, as in l'été; they say nothing either. */
  elisions?: readonly string[];
  /** What an apostrophe adds at the end of a word, as in John's. */
  endings?: readonly string[];
}

const latin = ['l', 'd', 'c', 'm', 't', 's', 'n'];

/** Languages by the code of their messages (ISO 639-1). */
export const languages: Readonly<Record<string, Language>> = {
  ar: { stem: arabic, stopWords: stopWords.ara },
  bg: { stem: bulgarian, stopWords: stopWords.bul },
  ca: { stopWords: stopWords.cat, elisions: latin },
  cs: { stopWords: stopWords.ces },
  da: { stem: danish, stopWords: stopWords.dan },
  de: { stem: german, stopWords: stopWords.deu },
  el: { stopWords: stopWords.ell },
  en: { stem: english, stopWords: stopWords.eng, endings: ['s', 'll', 're', 've', 'd', 'm', ''] },
  es: { stem: spanish, stopWords: stopWords.spa },
  fa: { stopWords: stopWords.fas },
  fi: { stem: finnish, stopWords: stopWords.fin },
  fr: {
    stem: french,
    stopWords: stopWords.fra,
    elisions: [...latin, 'j', 'qu', 'jusqu', 'lorsqu', 'puisqu', 'quoiqu', 'quelqu'],
  },
  ga: { stem: irish, stopWords: stopWords.gle },
  he: { stopWords: stopWords.heb },
  hi: { stopWords: stopWords.hin },
  hu: { stem: hungarian, stopWords: stopWords.hun },
  hy: { stem: armenian, stopWords: stopWords.hye },
  id: { stopWords: stopWords.ind },
  it: {
    stem: italian,
    stopWords: stopWords.ita,
    elisions: [...latin, 'un', 'dell', 'all', 'nell', 'sull', 'dall', 'quell', 'quest'],
  },
  ja: { stopWords: stopWords.jpn },
  ko: { stopWords: stopWords.kor },
  lt: { stem: lithuanian, stopWords: stopWords.lit },
  nb: { stem: norwegian, stopWords: stopWords.nob },
  nl: { stem: dutch, stopWords: stopWords.nld },
  no: { stem: norwegian, stopWords: stopWords.nob },
  pl: { stopWords: stopWords.pol },
  pt: { stem: portuguese, stopWords: stopWords.por },
  ro: { stem: romanian, stopWords: stopWords.ron },
  ru: { stem: russian, stopWords: stopWords.rus },
  sl: { stopWords: stopWords.slv },
  sv: { stem: swedish, stopWords: stopWords.swe },
  th: { stopWords: stopWords.tha },
  tr: { stem: turkish, stopWords: stopWords.tur },
  uk: { stem: ukrainian, stopWords: stopWords.ukr },
  vi: { stopWords: stopWords.vie },
  zh: { stopWords: stopWords.zho },
};
