/**
 * Reads readings directly from the text of a request body. Devices write plain JSON, and reading it here costs a third of
 * parsing JSON strictly and then checking it against a schema. Text that is not plain is left to those, which also say
 * what is wrong: this file reads correctly, or not at all.
 */

import { qualities, type Validity } from '../../../models/quality.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { readTime } from '../../../models/time/read-time.ts';

const quote = 34;
const minus = 45;
const dot = 46;
const zero = 48;
const nine = 57;
const backslash = 92;
const [comma, colon, open, close, openList, closeList] = [44, 58, 123, 125, 91, 93];
/** Integers of so many digits, and their quotients by powers of ten, are exact in a double. */
const exactDigits = 15;
const powers = Array.from({ length: exactDigits + 1 }, (_, n) => 10 ** n);
const longestPoint = 120;
const longestTime = 40;

/** Null where the text is not `{"readings":[…]}` in its plain form, or where something may be wrong with it. */
export function readPlain(text: string): Reading[] | null {
  return new Plain(text).body();
}

/** Thrown where the text is not plain; always caught in this file. */
const notPlain = new Error('not plain');

class Plain {
  private at = 0;
  /** Points that this text has named, in order: senders name the same ones over and over, mostly in the same order. */
  private readonly names: string[] = [];
  private readonly places = new Map<string, number>();
  private expected = 0;
  private lastTime = '';
  private last_ms = Number.NaN;

  constructor(private readonly text: string) {}

  body(): Reading[] | null {
    try {
      this.take(open);
      this.key('"readings"');
      const readings = this.list();
      this.take(close);
      return this.next() === -1 && readings.length > 0 ? readings : null;
    } catch (error) {
      if (error !== notPlain) throw error;
      return null;
    }
  }

  private list(): Reading[] {
    const readings: Reading[] = [];
    this.take(openList);
    for (;;) {
      readings.push(this.reading());
      const c = this.next();
      this.at++;
      if (c === closeList) return readings;
      if (c !== comma) throw notPlain;
    }
  }

  private reading(): Reading {
    let point: string | undefined;
    let time: number | undefined;
    let value: number | null | undefined;
    let quality: Validity | undefined;
    this.take(open);
    for (;;) {
      this.next();
      const { text, at } = this;
      // The keys are told apart by their first letter, which comes after the quote.
      const c = text.charCodeAt(at + 1);
      if (c === 112 && point === undefined) {
        this.key('"point"');
        point = this.point();
      } else if (c === 116 && time === undefined) {
        this.key('"time"');
        time = this.time();
      } else if (c === 118 && value === undefined) {
        this.key('"value"');
        value = this.value();
      } else if (c === 113 && quality === undefined) {
        this.key('"quality"');
        quality = this.quality();
      } else throw notPlain;
      const end = this.next();
      this.at++;
      if (end === close) break;
      if (end !== comma) throw notPlain;
    }
    if (point === undefined || time === undefined || value === undefined) throw notPlain;
    return { point, time, value, quality: quality ?? 'good' };
  }

  /** The next character that is not space, −1 at the end. */
  private next(): number {
    const { text } = this;
    for (;;) {
      const c = text.charCodeAt(this.at);
      if (c !== 32 && c !== 10 && c !== 13 && c !== 9) return Number.isNaN(c) ? -1 : c;
      this.at++;
    }
  }

  private take(expected: number): void {
    if (this.next() !== expected) throw notPlain;
    this.at++;
  }

  private key(name: string): void {
    this.next();
    if (!this.text.startsWith(name, this.at)) throw notPlain;
    this.at += name.length;
    this.take(colon);
  }

  /** A string without escapes, of at most `most` characters; `at` is then behind it. */
  private string(most: number): string {
    this.take(quote);
    const { text, at } = this;
    for (let end = at; ; end++) {
      const c = text.charCodeAt(end);
      if (c === quote) {
        this.at = end + 1;
        return text.slice(at, end);
      }
      if (!(c >= 32) || c === backslash || end - at >= most) throw notPlain;
    }
  }

  /** Whether that string is the next one; if so `at` is behind it. */
  private isNext(expected: string): boolean {
    const { text, at } = this;
    if (text.charCodeAt(at) !== quote || text.charCodeAt(at + 1 + expected.length) !== quote) return false;
    if (!text.startsWith(expected, at + 1)) return false;
    this.at = at + expected.length + 2;
    return true;
  }

  private point(): string {
    const { names, places } = this;
    this.next();
    const likely = names[this.expected];
    if (likely !== undefined && this.isNext(likely)) {
      this.expected = this.expected + 1 < names.length ? this.expected + 1 : 0;
      return likely;
    }
    const name = this.string(longestPoint);
    let place = places.get(name);
    if (place === undefined) {
      place = names.push(name) - 1;
      places.set(name, place);
    }
    this.expected = place + 1 < names.length ? place + 1 : 0;
    return names[place] as string;
  }

  private time(): number {
    if (this.next() !== quote) {
      const time = this.number();
      if (!Number.isSafeInteger(time)) throw notPlain;
      return time;
    }
    // Many readings of one moment follow each other: their time is parsed once.
    if (this.lastTime !== '' && this.isNext(this.lastTime)) return this.last_ms;
    const written = this.string(longestTime);
    const read = readTime(written);
    if (typeof read === 'string' || read.leap) throw notPlain;
    this.lastTime = written;
    this.last_ms = read.time;
    return read.time;
  }

  private value(): number | null {
    if (this.next() !== 110) return this.number();
    if (!this.text.startsWith('null', this.at)) throw notPlain;
    this.at += 4;
    return null;
  }

  private quality(): Validity {
    const word = this.string(longestTime) as Validity;
    if (!qualities.includes(word)) throw notPlain;
    return word;
  }

  private number(): number {
    const { text } = this;
    const start = this.at;
    let at = start;
    const negative = text.charCodeAt(at) === minus;
    if (negative) at++;
    const first = at;
    let digits = 0;
    let c = text.charCodeAt(at);
    for (; c >= zero && c <= nine; c = text.charCodeAt(++at)) digits = digits * 10 + (c - zero);
    const whole = at - first;
    if (whole === 0 || (whole > 1 && text.charCodeAt(first) === zero)) throw notPlain;
    let places = 0;
    if (c === dot) {
      for (c = text.charCodeAt(++at); c >= zero && c <= nine; c = text.charCodeAt(++at)) digits = digits * 10 + (c - zero);
      places = at - first - whole - 1;
      if (places === 0) throw notPlain;
    }
    // Exponents (e and E) are rare, so they are not plain.
    if (c === 101 || c === 69) throw notPlain;
    this.at = at;
    if (whole + places <= exactDigits) {
      const size = digits / (powers[places] as number);
      return negative ? -size : size;
    }
    // Beyond 2^53 an integer would change silently.
    if (places === 0) throw notPlain;
    return Number(text.slice(start, at));
  }
}
