const [quote, backslash] = [34, 92];
const [listOpens, listCloses, objectOpens, objectCloses] = [91, 93, 123, 125];

/**
 * Whether brackets of a JSON text stand within each other more than `most` times: a mapper that follows such a body
 * down would run out of stack. Brackets within strings don't count.
 */
export function isNestedDeeper(text: string, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = endOfString(text, at);
      if (at === -1) return false;
    } else if (code === objectOpens || code === listOpens) {
      depth += 1;
      if (depth > most) return true;
    } else if (code === objectCloses || code === listCloses) depth -= 1;
  }
  return false;
}

/** Place of the quote that closes a string, -1 where none does. */
function endOfString(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  while (at !== -1) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return at;
    at = text.indexOf('"', at + 1);
  }
  return -1;
}
