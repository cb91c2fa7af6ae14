/**
 * How well a query matches a text. Every word must occur in it: as a whole, or with its characters in the same order
 * within a short part of the text ("cldst" finds "Cold store", "冷站" finds "冷冻站").
 */

export type MatchRange = readonly [from: number, to: number];
export interface Fit {
  /** Larger is better. */
  score: number;
  /** Parts of the text that match, in order, for highlighting. */
  ranges: MatchRange[];
}

/** Lower case without accents. Every character keeps its length, so that ranges stay correct. */
export function plain(text: string): string {
  return Array.from(text.normalize('NFC'), (sign) => {
    const bare = sign.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    return bare.length === sign.length ? bare : sign.toLowerCase().length === sign.length ? sign.toLowerCase() : sign;
  }).join('');
}

const isWordStart = (text: string, at: number) => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '');

/** The match of one word; `text` and `word` must come from `plain`. */
export function fitWord(text: string, word: string): Fit | null {
  let at = text.indexOf(word);
  if (at >= 0) {
    // A match at the start of a word is better than an earlier one inside a word.
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

/** The characters of the word in order, close together. A Latin letter or digit at its beginning must start a word. */
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

/** The match of all words; null if one is missing. An empty list matches every text, with score 0. */
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
