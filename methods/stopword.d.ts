/** The lists of the package that are used here; it comes without types. */
declare module 'stopword' {
  type List = readonly string[];
  export const ara: List, bul: List, cat: List, ces: List, dan: List, deu: List, ell: List, eng: List;
  export const fas: List, fin: List, fra: List, gle: List, heb: List, hin: List, hun: List, hye: List;
  export const ind: List, ita: List, jpn: List, kor: List, lit: List, nld: List, nob: List, pol: List;
  export const por: List, ron: List, rus: List, slv: List, spa: List, swe: List, tha: List, tur: List;
  export const ukr: List, vie: List, zho: List;
}
