/** Following the carbon, in Chinese. */
import type { follow as english } from './follow-en.ts';

type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

export const follow: Words<typeof english> = {
  up: '追踪碳流',
  upHint: '能量从各个来源到此处的路径',
  down: '查看去向',
  downHint: '所供能量用在何处',
  backTo: '回到{{name}}',
  stop: '停止追踪',
  titleUp: '从何而来',
  titleDown: '去往何处',
  takes: '取用',
  gives: '供出',
  rests: '此刻未取用：占比为取用时的构成。',
  at: '{{time}} 时',
  of: '自 {{time}} 起的时段均值',
  asking: '正在追踪……',
  none: '此刻没有相关信息。',
  nothingGiven: '此刻没有供出。',
  failed: '无法读取路径，正在重试。',
  notAccounted: '该时刻尚未核算，或其记录已不再保留。',
  late: '本时期锁定之后又有读数到达：计入后台账在此处会有不同。',
  here: '此处',
  mainly: '主要经由',
  unmetered: '{{name}}的未计量来源',
  unmeteredUse: '{{name}}的未计量用能',
  kind: { charge: '存入储能', export: '外送', plant: '进入未产出的设备' },
  held: '存有 {{parts}}',
  part: '{{name}} {{share}}',
  lost: '途中损耗',
  more: '其余 {{count}} 项合计',
  spoken: '正在追踪{{name}}：{{parts}}',
  path: '自{{from}}的路径',
};
