/** What a person can do, in Chinese. */
import type { actions as english, palette as englishPalette, panel as englishPanel } from './actions-en.ts';

type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

export const actions: Words<typeof english> = {
  group: {
    find: '查找与选择',
    look: '查看',
    time: '时间',
    pages: '页面与面板',
    device: '本设备',
  },
  name: {
    palette: '查找任何内容',
    search: '搜索资产列表',
    table: '打开或关闭列表',
    next: '下一个资产',
    previous: '上一个资产',
    back: '退一步：关闭、取消选择、返回实时',
    follow: '追踪碳流：来源、去向、关闭',
    home: '显示整个园区',
    top: '从正上方看，北朝上',
    north: '转到北朝上',
    walk: '在园区里步行，或重新升起',
    underground: '显示或隐藏地下管线',
    isolate: '只显示园区的一部分',
    bookmarks: '书签',
    everything: '重新显示全部',
    plan: '平面图或三维',
    metric: '下一个指标',
    metricIntensity: '按碳强度着色',
    metricEmissionRate: '按排放着色',
    metricPower: '按功率着色',
    play: '播放或暂停过去',
    intervalBack: '后退一个时段',
    intervalOn: '前进一个时段',
    dayBack: '后退一天',
    dayOn: '前进一天',
    live: '返回实时',
    analyse: '分析：某一时期的图表',
    report: '某一时期的报告',
    tour: '导览',
    kiosk: '大屏',
    parks: '所有园区',
    about: '关于本园区',
    balance: '碳平衡',
    help: '帮助与快捷键',
    themeSun: '明暗随园区的太阳',
    themeSystem: '明暗随本设备',
    themeLight: '浅色',
    themeDark: '深色',
    language: 'Switch to English',
  },
};

export const palette: Words<typeof englishPalette> = {
  label: '搜索园区、页面与操作',
  placeholder: '资产、租户、页面、“昨天 14:00”……',
  found: '搜索结果',
  count_one: '找到 {{count}} 项',
  count_other: '找到 {{count}} 项',
  none: '没有与“{{query}}”相符的内容。',
  moment: '前往此刻',
  only_one: '仅显示 · {{count}} 个资产',
  only_other: '仅显示 · {{count}} 个资产',
  close: '关闭搜索',
  hint: '↑ ↓ 选择 · Enter 前往 · Esc 关闭',
};

export const panel: Words<typeof englishPanel> = {
  resize: '调整大小：{{panel}}',
  pixels_one: '{{count}} 像素',
  pixels_other: '{{count}} 像素',
  hint: '拖动可调整大小；双击恢复默认',
};
