/** Groups readings that were set aside: a faulty meter sends many in a row, which a person decides as one. */
import type { AsideAnswer } from '../../../models/api/quarantine.ts';

export interface AsideGroup {
  /** Newest first. */
  readings: readonly [AsideAnswer, ...AsideAnswer[]];
  lowest: number | null;
  highest: number | null;
  /** ms since 1970. */
  first: number;
  last: number;
}

/** Groups neighbours of the same point and reason. Conflicting values stay alone, because at most one of them can be right. */
export function asideGroupsOf(readings: readonly AsideAnswer[]): AsideGroup[] {
  const lists: [AsideAnswer, ...AsideAnswer[]][] = [];
  for (const reading of readings) {
    const open = lists.at(-1);
    const same = open?.[0].point === reading.point && open[0].reason === reading.reason;
    if (open && same && reading.reason !== 'conflict' && reading.reason !== 'message') open.push(reading);
    else lists.push([reading]);
  }
  return lists.map((list) => {
    const values = list.flatMap(({ value }) => (value === null ? [] : [value]));
    const times = list.map(({ time }) => Date.parse(time));
    return {
      readings: list,
      lowest: values.length === 0 ? null : Math.min(...values),
      highest: values.length === 0 ? null : Math.max(...values),
      first: Math.min(...times),
      last: Math.max(...times),
    };
  });
}
