/** Chance that comes out the same for the same seed, on every machine. */
export interface Random {
  /** A number in [0, 1) with 53 random bits. */
  next(): number;
  /** An integer in [0, limit), limit at most 2^53. */
  below(limit: number): number;
}

/**
 * The stream of one method: xoshiro128** (Blackman & Vigna 2018), whose state is the first half of
 * sha256("seed/stage/method"), so that no two methods of a night draw the same numbers.
 */
export function seededRandom(seed: number, stage: string, method: string): Random {
  const digest = sha256Words(`${seed}/${stage}/${method}`);
  let a = digest[0]!;
  let b = digest[1]!;
  let c = digest[2]!;
  let d = digest[3]!;
  const bits = () => {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const next = () => {
    const high = bits() >>> 5;
    return (high * 67108864 + (bits() >>> 6)) / 9007199254740992;
  };
  return { next, below: limit => Math.floor(next() * limit) };
}

/** SHA-256 (FIPS 180-4) of a text's UTF-8 bytes, as eight 32-bit words; methods take nothing from Node. */
export function sha256Words(text: string): Int32Array {
  const bytes = new TextEncoder().encode(text);
  const padded = new DataView(new ArrayBuffer(((bytes.length + 8) >> 6) * 64 + 64));
  bytes.forEach((byte, at) => {
    padded.setUint8(at, byte);
  });
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32(padded.byteLength - 8, Math.floor(bytes.length / 2 ** 29));
  padded.setUint32(padded.byteLength - 4, bytes.length << 3);
  const state = Int32Array.from(firstPrimes(8), prime => fraction(Math.sqrt(prime)));
  const rounds = Int32Array.from(firstPrimes(64), prime => fraction(Math.cbrt(prime)));
  for (let start = 0; start < padded.byteLength; start += 64) compress(state, rounds, padded, start);
  return state;
}

function compress(state: Int32Array, rounds: Int32Array, block: DataView, start: number): void {
  const schedule = new Int32Array(64);
  for (let t = 0; t < 16; t++) schedule[t] = block.getInt32(start + 4 * t);
  for (let t = 16; t < 64; t++) {
    const early = schedule[t - 15]!;
    const late = schedule[t - 2]!;
    const small = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
    const large = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
    schedule[t] = schedule[t - 16]! + small + schedule[t - 7]! + large;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let t = 0; t < 64; t++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const up = h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + choice + rounds[t]! + schedule[t]!;
    const down = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + majority;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + up) | 0, c, b, a, (up + down) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, at) => {
    state[at] = state[at]! + word;
  });
}

function rotated(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** The first 32 bits behind the point; roots of small primes have bits to spare in a double. */
function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every(prime => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}
