/**
 * Parses strict JSON (RFC 8259): no key twice, no own `__proto__`, no number that a double cannot hold, not nested deeper
 * than 16. `JSON.parse` accepts all of these, and silently changes some. Errors name the place.
 */

export class JsonFault extends Error {
  override name = 'JsonFault';
  constructor(
    readonly place: string,
    readonly reason: string,
  ) {
    super(`${place}: ${reason}`);
  }
}

const deepest = 16;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Throws JsonFault. */
export function parseStrictJson(text: string): unknown {
  let at = 0;
  const path: (string | number)[] = [];

  const fail = (reason: string): never => {
    const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step.slice(0, 40)}`)).join('');
    throw new JsonFault(place === '' ? `character ${at}` : `${place.replace(/^\./, '')} (character ${at})`, reason);
  };
  const space = () => {
    for (;;) {
      const c = text.charCodeAt(at);
      if (c !== 32 && c !== 10 && c !== 13 && c !== 9) return;
      at++;
    }
  };
  const word = <T>(expected: string, value: T): T => {
    if (!text.startsWith(expected, at)) fail('not JSON');
    at += expected.length;
    return value;
  };
  const parseNumber = (): number => {
    number.lastIndex = at;
    const [digits] = number.exec(text) ?? fail('not a JSON number');
    const value = Number(digits);
    if (!Number.isFinite(value)) fail(`${digits.slice(0, 30)} is too large for a number`);
    if (!/[.eE]/.test(digits) && !Number.isSafeInteger(value)) fail(`${digits.slice(0, 30)} is beyond 2^53 and would change silently`);
    at += digits.length;
    return value;
  };
  /** A string ends at the first quote that is not escaped; JSON.parse checks what is inside. */
  const parseString = (): string => {
    let end = at;
    for (let escaped = true; escaped; ) {
      end = text.indexOf('"', end + 1);
      if (end === -1) return fail('a string does not end');
      let backslashes = 0;
      while (text[end - 1 - backslashes] === '\\') backslashes++;
      escaped = backslashes % 2 === 1;
    }
    try {
      const value = JSON.parse(text.slice(at, end + 1)) as string;
      at = end + 1;
      return value;
    } catch {
      return fail('a string holds a control character or a wrong escape');
    }
  };
  const parseArray = (): unknown[] => {
    const list: unknown[] = [];
    at++;
    space();
    if (text[at] === ']') {
      at++;
      return list;
    }
    for (;;) {
      path.push(list.length);
      list.push(parseValue());
      path.pop();
      space();
      const c = text[at];
      if (c !== ',' && c !== ']') fail('expected , or ]');
      at++;
      if (c === ']') return list;
    }
  };
  const parseObject = (): Record<string, unknown> => {
    const object: Record<string, unknown> = {};
    at++;
    space();
    if (text[at] === '}') {
      at++;
      return object;
    }
    for (;;) {
      space();
      if (text[at] !== '"') fail('expected a key in quotes');
      const key = parseString();
      if (key === '__proto__') fail('a key "__proto__" is not allowed');
      if (Object.hasOwn(object, key)) fail(`the key "${key.slice(0, 40)}" is there twice`);
      space();
      if (text[at] !== ':') fail('expected :');
      at++;
      path.push(key);
      object[key] = parseValue();
      path.pop();
      space();
      const c = text[at];
      if (c !== ',' && c !== '}') fail('expected , or }');
      at++;
      if (c === '}') return object;
    }
  };
  const parseValue = (): unknown => {
    space();
    const c = text[at];
    if (c === '{' || c === '[') {
      if (path.length >= deepest) fail(`nested deeper than ${deepest}`);
      return c === '{' ? parseObject() : parseArray();
    }
    if (c === '"') return parseString();
    if (c === 't') return word('true', true);
    if (c === 'f') return word('false', false);
    if (c === 'n') return word('null', null);
    if (c === undefined) return fail('the text ends too early');
    return parseNumber();
  };

  const value = parseValue();
  space();
  if (at < text.length) fail('something follows the end');
  return value;
}
