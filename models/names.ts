/**
 * What carriers, sources, kinds of asset and reasons for setting readings aside are called: for the page's catalogues
 * and for what the server writes itself, such as reports.
 */
import type { AssetKind, SourceKind } from './park/park.ts';
import type { AsideReason } from './quarantine.ts';
import type { Carrier } from './units.ts';

export const carrierNames = {
  en: {
    electricity: 'Electricity',
    heat: 'Heat',
    cooling: 'Cooling',
    gas: 'Gas',
    steam: 'Steam',
    hydrogen: 'Hydrogen',
    oil: 'Oil',
    coal: 'Coal',
    biomass: 'Biomass',
    wasteHeat: 'Waste heat',
  },
  zh: {
    electricity: '电力',
    heat: '热力',
    cooling: '冷量',
    gas: '燃气',
    steam: '蒸汽',
    hydrogen: '氢气',
    oil: '燃油',
    coal: '煤炭',
    biomass: '生物质',
    wasteHeat: '余热',
  },
} satisfies Record<'en' | 'zh', Record<Carrier, string>>;

export const kindNames = {
  en: {
    building: 'Building',
    plant: 'Plant',
    substation: 'Substation',
    gridConnection: 'Grid connection',
    gasConnection: 'Gas connection',
    pv: 'Solar power',
    wind: 'Wind turbine',
    battery: 'Battery',
    chp: 'Cogeneration',
    fuelCell: 'Fuel cell',
    boiler: 'Boiler',
    heatPump: 'Heat pump',
    chiller: 'Chiller',
    thermalStore: 'Heat store',
    evCharger: 'Charging station',
    electrolyser: 'Electrolyser',
    coolingTower: 'Cooling tower',
    tank: 'Tank',
    plot: 'Vacant plot',
  },
  zh: {
    building: '建筑',
    plant: '厂站',
    substation: '变电站',
    gridConnection: '电网接入点',
    gasConnection: '燃气接入点',
    pv: '光伏',
    wind: '风力发电机',
    battery: '储能电池',
    chp: '热电联产',
    fuelCell: '燃料电池',
    boiler: '锅炉',
    heatPump: '热泵',
    chiller: '冷水机组',
    thermalStore: '蓄热罐',
    evCharger: '充电站',
    electrolyser: '电解槽',
    coolingTower: '冷却塔',
    tank: '储罐',
    plot: '待开发地块',
  },
} satisfies Record<'en' | 'zh', Record<AssetKind, string>>;

export const sourceNames = {
  en: {
    grid: 'Grid',
    solar: 'Solar',
    wind: 'Wind',
    gas: 'Gas',
    recoveredHeat: 'Recovered heat',
    biomass: 'Biomass',
    storage: 'Storage',
    unmetered: 'Unmetered',
    other: 'Other',
  },
  zh: {
    grid: '电网',
    solar: '光伏',
    wind: '风电',
    gas: '燃气',
    recoveredHeat: '回收余热',
    biomass: '生物质',
    storage: '储能',
    unmetered: '未计量',
    other: '其他',
  },
} satisfies Record<'en' | 'zh', Record<SourceKind, string>>;

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
