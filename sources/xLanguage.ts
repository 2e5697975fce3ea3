/** X marks posts that it could not place (und), that hold no words (zxx) or only tags, media, links … (qam to qst). */
export function languageOf(code: string | null | undefined): string | null {
  return code == null || /^(und|zxx|q[a-t][a-z])$/.test(code) ? null : code;
}
