/** What a building or plant is used for. The words are the park folder's own; the usual ones have a name in Chinese. */
import type { Text } from '../../models/park/park.ts';

/** By the park folder's word in camel case. */
const chinese: Readonly<Record<string, string>> = {
  airSeparation: '空分',
  apartments: '公寓',
  automotive: '汽车制造',
  battery: '储能',
  batteryMaterials: '电池材料',
  boilerHouse: '锅炉房',
  busDepot: '公交场站',
  canteen: '食堂',
  chargingCanopy: '充电棚',
  clinic: '诊所',
  coldStore: '冷库',
  composites: '复合材料',
  conference: '会议',
  coolingCentre: '供冷中心',
  coolingTower: '冷却塔',
  dataCentre: '数据中心',
  electronics: '电子制造',
  exhibition: '展览',
  fieldPv: '地面光伏',
  fireStation: '消防站',
  food: '食品加工',
  forge: '锻造',
  gasStation: '燃气站',
  heatPump: '热泵',
  heatStore: '蓄热',
  hotel: '酒店',
  kindergarten: '幼儿园',
  laboratory: '实验室',
  machineWorks: '机械加工',
  mainSubstation: '总变电站',
  medicalDevices: '医疗器械',
  office: '办公',
  packaging: '包装',
  parkingStructure: '停车楼',
  pharma: '制药',
  powerHouse: '能源站',
  recycling: '回收利用',
  restaurant: '餐饮',
  retail: '零售',
  ringMainUnit: '环网柜',
  roofPv: '屋顶光伏',
  semiconductorFab: '半导体制造',
  substation: '变电站',
  switchyard: '开关站',
  textile: '纺织',
  training: '培训',
  transferStation: '换热站',
  utilityBuilding: '动力用房',
  visitorCentre: '访客中心',
  warehouse: '仓储',
  waterTreatment: '水处理',
  workshop: '车间',
};

export function textOfUse(use: string): Text {
  const zh = chinese[use.replace(/[_-]+([a-z])/g, (_, letter: string) => letter.toUpperCase())];
  return { en: inWords(use), ...(zh === undefined ? {} : { zh }) };
}

/** 'semiconductorFab' or 'cold_store' as words. */
export function inWords(use: string): string {
  return use
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
}
