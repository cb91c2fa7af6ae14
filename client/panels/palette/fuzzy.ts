/**
 * How well what somebody types fits a text. Every word must be in it: as it stands, or with its signs in that order
 * within one short stretch ("cldst" finds "Cold store", "冷站" finds "冷冻站").
 */

export type MatchRange = readonly [from: number, to: number];
export interface Fit {
  /** Larger is better. */
  score: number;
  /** Parts of the text that fitOf, in order, for setting them off. */
  ranges: MatchRange[];
}

/** Lower case without accents; one sign for one sign, so that ranges stay true. */
export function plain(text: string): string {
  return Array.from(text.normalize('NFC'), (sign) => {
    const bare = sign.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    return bare.length === sign.length ? bare : sign.toLowerCase().length === sign.length ? sign.toLowerCase() : sign;
  }).join('');
}

const isWordStart = (text: string, at: number) => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '');

/** Of one word; `text` and `word` as `plain` leaves them. */
export function fitWord(text: string, word: string): Fit | null {
  let at = text.indexOf(word);
  if (at >= 0) {
    // The start of a word beats its middle, wherever it comes first.
    for (let next = at; next >= 0; next = text.indexOf(word, next + 1)) {
      if (isWordStart(text, next)) {
        at = next;
        break;
      }
    }
    const whole = word.length === text.length ? 40 : 0;
    return { score: 100 + whole + (isWordStart(text, at) ? 30 : 0) - Math.min(20, at / 2), ranges: [[at, at + word.length]] };
  }
  return word.length < 2 ? null : scattered(text, word);
}

/** The signs of the word in order: from a word's start, in the shortest stretch. */
function scattered(text: string, word: string): Fit | null {
  let best: Fit | null = null;
  for (let start = text.indexOf(word[0] ?? ''); start >= 0; start = text.indexOf(word[0] ?? '', start + 1)) {
    if (!isWordStart(text, start) && /[a-z0-9]/.test(word[0] ?? '')) continue;
    const ranges: [number, number][] = [];
    let at = start;
    for (const sign of word) {
      at = text.indexOf(sign, at);
      if (at < 0) break;
      const last = ranges.at(-1);
      if (last && last[1] === at) last[1] = at + sign.length;
      else ranges.push([at, at + sign.length]);
      at += sign.length;
    }
    if (at < 0) break;
    const stretch = at - start;
    if (stretch > 3 * word.length + 2) continue;
    const score = 60 - 8 * ranges.length - (stretch - word.length);
    if (!best || score > best.score) best = { score, ranges };
  }
  return best;
}

/** All words; null as soon as one is not there. No words fit everything equally. */
export function fitOf(text: string, words: readonly string[]): Fit | null {
  const ranges: MatchRange[] = [];
  let score = 0;
  for (const word of words) {
    const found = fitWord(text, word);
    if (!found) return null;
    score += found.score;
    ranges.push(...found.ranges);
  }
  return { score, ranges: merged(ranges) };
}

export function wordsOf(query: string): string[] {
  return plain(query).split(/\s+/).filter(Boolean);
}

function merged(ranges: MatchRange[]): MatchRange[] {
  const out: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}
