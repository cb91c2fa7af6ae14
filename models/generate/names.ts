/** Invented names of tenants: a compass direction, a plant and a trade. */
import type { Text } from '../park/park.ts';
import type { Quarter } from './block-uses.ts';

const plants: readonly (readonly [string, string])[] = [
  ['Cedar', '雪松'],
  ['Maple', '枫叶'],
  ['Willow', '垂柳'],
  ['Lotus', '莲荷'],
  ['Orchid', '幽兰'],
  ['Bamboo', '青竹'],
  ['Plum', '红梅'],
  ['Ginkgo', '银杏'],
  ['Camphor', '香樟'],
  ['Azalea', '杜鹃'],
  ['Jasmine', '茉莉'],
  ['Reed', '芦苇'],
  ['Clover', '三叶草'],
  ['Peony', '牡丹'],
  ['Cypress', '翠柏'],
  ['Osmanthus', '丹桂'],
  ['Hawthorn', '山楂'],
  ['Magnolia', '玉兰'],
  ['Juniper', '刺柏'],
  ['Iris', '鸢尾'],
];

const trades: Partial<Record<Quarter, readonly (readonly [string, string])[]>> = {
  works: [
    ['Machines', '机械'],
    ['Electronics', '电子'],
    ['Foods', '食品'],
    ['Textiles', '纺织'],
    ['Metals', '金属'],
    ['Materials', '材料'],
  ],
  logistics: [
    ['Logistics', '物流'],
    ['Freight', '货运'],
    ['Cold Chain', '冷链'],
  ],
  offices: [
    ['Design', '设计'],
    ['Software', '软件'],
    ['Biotech', '生物'],
    ['Consulting', '咨询'],
  ],
  homes: [['Homes', '家园']],
  data: [['Cloud', '云数据']],
};

const skies: readonly (readonly [string, string])[] = [
  ['', ''],
  ['North ', '北'],
  ['South ', '南'],
  ['East ', '东'],
  ['West ', '西'],
];

/** The name of the n-th tenant of a quarter: all names differ until the words are used up, then they are numbered. */
export function tenantName(quarter: Quarter, n: number): Text {
  const list = trades[quarter] ?? [['Services', '服务'] as const];
  const plant = plants[n % plants.length] as readonly [string, string];
  const trade = list[Math.floor(n / plants.length + n) % list.length] as readonly [string, string];
  const round = Math.floor(n / (plants.length * list.length));
  const sky = skies[round % skies.length] as readonly [string, string];
  const again = Math.floor(round / skies.length);
  const number = again === 0 ? '' : ` ${again + 1}`;
  return { en: `${sky[0]}${plant[0]} ${trade[0]}${number}`, zh: `${sky[1]}${plant[1]}${trade[1]}${number}` };
}
