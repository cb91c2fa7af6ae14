/** The page around a report, in Chinese. */
import type { report as english } from './report-en.ts';

type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

export const report: Words<typeof english> = {
  open: '报告',
  toPark: '返回园区',
  loading: '正在编制报告……',
  nothingYet: '尚无核算数据，无可报告内容',
  trouble: '无法编制报告',
  notPublic: '报告不公开：请在服务器本机打开此页面。',
  summary: '摘要',
  contents: '目录',
  period: '报告期',
  kinds: { month: '月', quarter: '季度', year: '年' },
  set: '排放因子',
  sets: { direct: '直接因子', lifecycle: '生命周期因子' },
  lacking: {
    some: '没有全生命周期数据：{{list}}缺少全生命周期因子。',
    more: '没有全生命周期数据：{{list}}等另有 {{count}} 项缺少全生命周期因子。',
    unstated: '没有全生命周期数据：园区未给出全生命周期因子。',
    lastResort: '来源不明的{{carrier}}',
    comma: '、',
  },
  files: '导出文件',
  file: { pdf: '导出 PDF', xlsx: '导出 Excel', csv: '导出 CSV', json: '导出 JSON' },
  print: '打印',
  isPublished: '由{{who}}于{{time}}发布的原文，数字不再变动。',
  showNow: '显示当前核算结果',
  publishedBy: '{{who}}于{{time}}发布',
  publishOpen: '发布……',
  publish: '发布',
  publishExplain: '发布即原样保存本报告。之后的读数与因子只会改变账本，不会改变已发布的内容。',
  publishWho: '发布者',
  publishLock: '同时锁定 {{from}} 至 {{to}}：迟到的读数将作为调整记录',
  publishTrouble: '未能发布：{{message}}',
};
