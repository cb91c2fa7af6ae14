/**
 * What carriers, sources, kinds of asset and reasons for setting readings aside are called: for the page's catalogues
 * and for what the server writes itself, such as reports.
 */
import { carrierTable } from './carriers.ts';
import { kindTable } from './kinds/kinds.ts';
import { namesIn } from './languages.ts';
import type { AsideReason } from './quarantine.ts';
import { sourceKindTable } from './source-kinds.ts';

export const carrierNames = { en: namesIn(carrierTable, 'en'), zh: namesIn(carrierTable, 'zh') };
export const kindNames = { en: namesIn(kindTable, 'en'), zh: namesIn(kindTable, 'zh') };
export const sourceNames = { en: namesIn(sourceKindTable, 'en'), zh: namesIn(sourceKindTable, 'zh') };

export const asideNames = {
  en: {
    conflict: 'Two values at one time',
    outOfRange: 'Outside what is plausible for this point',
    negativeCount: 'Below zero on a counter that only counts up',
    beforeYear2000: 'A time before the year 2000',
    ahead: 'A time that has not come yet',
    tooOld: 'More than 400 days old',
  },
  zh: {
    conflict: '同一时刻有两个数值',
    outOfRange: '超出该测点的合理范围',
    negativeCount: '只增计数器出现负值',
    beforeYear2000: '时间早于 2000 年',
    ahead: '时间尚未到来',
    tooOld: '早于 400 天之前',
  },
} satisfies Record<'en' | 'zh', Record<Exclude<AsideReason, 'message'>, string>>;
