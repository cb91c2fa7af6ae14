/** MQTT topics and filters (MQTT 5, 4.7): `+` stands for one level, `#` at the end for any number of them. */

/** No device uses deeper topics. */
const mostLevels = 100;
const mostCharacters = 1000;

/** Why a park may not subscribe to this filter; null when it may. */
export function filterFault(filter: string): string | null {
  const levels = filter.split('/');
  if (filter === '') return 'an empty topic';
  if (filter.includes('\0') || filter.length > mostCharacters) return `a topic has no NUL, and here at most ${mostCharacters} characters`;
  if (filter.startsWith('$')) return "topics that begin with $ are the broker's own";
  if (levels.length > mostLevels) return `more than ${mostLevels} levels`;
  if (levels.some((level) => level !== '#' && level !== '+' && /[#+]/.test(level))) return '+ and # stand for whole levels: a/+/b, a/#';
  if (levels.slice(0, -1).includes('#')) return '# stands at the end: a/#';
  if (levels.every((level) => level === '#' || level === '+')) return 'every message of the broker: name at least one level';
  return null;
}

/** Returns a function that tells whether a message's topic matches the filter. */
export function topicMatcher(filter: string): (topic: string) => boolean {
  const wanted = filter.split('/');
  const open = wanted.at(-1) === '#';
  if (open) wanted.pop();
  return (topic) => {
    const levels = topic.split('/', mostLevels + 1);
    if (levels.length > mostLevels) return false;
    if (open ? levels.length < wanted.length : levels.length !== wanted.length) return false;
    return wanted.every((level, i) => level === '+' || level === levels[i]);
  };
}

export function hasWildcard(filter: string): boolean {
  return /[#+]/.test(filter);
}
