/** Ranks tenants, uses or assets by carbon, energy or intensity; a bar is as long as the quantity, coloured by the intensity. */
import { useMemo, useState } from 'react';
import type { ParkView } from '../../models/api/park-view.ts';
import type { SeriesAnswer } from '../../models/api/series.ts';
import { scales } from '../../models/colour.ts';
import type { FactorSet } from '../../models/park/park.ts';
import { fetchSeries } from '../live/history.ts';
import type { LedgerInfo } from '../live/moment.ts';
import { useWords } from '../locales/use-words.ts';
import { Chart } from './Chart.tsx';
import type { Look } from './chart-theme.ts';
import { hexOf } from './chart-theme.ts';
import { Figure } from './Figure.tsx';
import { labelsIn } from './labels.ts';
import { type ChartOption, categories, numbers, tip, tipElement } from './option.ts';
import type { Period } from './period.ts';
import { periodQualityOf, sumOf } from './quality.ts';
import { endUses, type Ranked, type RankGroup, type RankMeasure, rankGroups, ranking, rankMeasures, usualGroup } from './ranking-model.ts';
import { ScaleStrip } from './ScaleStrip.tsx';
import { Segments } from './Segments.tsx';
import { standOf, useAccounted } from './use-accounted.ts';
import { useAnswer } from './use-answer.ts';

const most = 15;
const columns = ['energy.Wh', 'attributed.mg', 'estimated.Wh'];

export function RankingFigure({
  park,
  period,
  set,
  ledger,
  onAsset,
}: {
  park: ParkView;
  period: Period;
  set: FactorSet;
  ledger: LedgerInfo;
  onAsset: (id: string) => void;
}) {
  const words = useWords();
  const { t, text, language } = words;
  const { id, timeZone, interval_s, tenants } = park.metadata;
  const [group, setGroup] = useState<RankGroup>(() => usualGroup(park));
  const [measure, setMeasure] = useState<RankMeasure>('carbon');
  const labels = labelsIn(language, timeZone);
  const accounted = useAccounted(ledger, set, timeZone);
  const step = period.kind === 'year' || period.kind === 'month' ? period.kind : 'day';
  const {
    answer,
    about: shownPeriod,
    ...asked
  } = useAnswer<SeriesAnswer, Period>(['ranking', id, period.key, set], standOf(ledger, period), period, (signal) =>
    fetchSeries(id, { owners: '*', columns, from: period.from, to: period.to, step, set }, signal),
  );
  const all = useMemo(() => (answer ? ranking(park, answer, group, measure) : []), [park, answer, group, measure]);
  const nameOf = useMemo(
    () => (one: Ranked) => (one.name ? text(one.name) : t(group === 'tenant' ? 'charts.ranking.noTenant' : 'charts.ranking.noUse')),
    [group, t, text],
  );
  const shown = useMemo(() => all.slice(0, most), [all]);
  const height = Math.max(140, 34 + 24 * shown.length);
  const option = useMemo(() => rankingOption(shown, measure, nameOf, words), [shown, measure, nameOf, words]);
  const quality = useMemo(() => {
    if (!answer) return null;
    const used = endUses(park).flatMap(({ id }) => answer.owners[id] ?? []);
    const total = (name: string) =>
      used.reduce((sum, owner) => sum + (Number.isNaN(sumOf(owner.columns[name])) ? 0 : sumOf(owner.columns[name])), 0);
    return periodQualityOf(
      answer,
      interval_s,
      used.map((owner) => owner.columns['attributed.mg']),
      total('energy.Wh'),
      total('estimated.Wh'),
    );
  }, [park, answer, interval_s]);
  const pick = (i: number) => {
    const asset = shown[i]?.assets[0];
    if (group === 'asset' && asset) onAsset(asset);
  };
  return (
    <Figure
      title={t('charts.ranking.title')}
      unit={measure === 'intensity' ? t('units.intensity') : t(`charts.${measure}In`)}
      period={labels.period(shownPeriod)}
      quality={quality}
      accounted={accounted}
      {...asked}
      empty={answer && all.length === 0 ? t('charts.empty') : null}
      height={height}
      notes={all.length > most ? [t('charts.ranking.more', { count: labels.plain(most), all: labels.plain(all.length) })] : []}
      fileStem={`${id}_${group}-ranking_${shownPeriod.key}`}
      legend={<ScaleStrip {...(shown.some(({ heat }) => heat) ? { note: t('metric.intensityNote') } : {})} />}
      controls={
        <>
          <Segments
            label={t('charts.ranking.measure')}
            value={measure}
            onChoose={setMeasure}
            options={rankMeasures.map((value) => ({ value, name: t(`charts.${value}`) }))}
          />
          <Segments
            label={t('charts.flows.group')}
            value={group}
            onChoose={setGroup}
            options={rankGroups
              .filter((one) => one !== 'tenant' || tenants.length > 0)
              .map((value) => ({ value, name: t(`charts.group.${value}`) }))}
          />
        </>
      }
      table={{
        columns: [
          { name: t(`charts.group.${group}`) },
          { name: t('charts.carbon'), unit: 'kgCO₂e' },
          { name: t('charts.energy'), unit: 'kWh' },
          { name: t('charts.intensity'), unit: t('units.intensity') },
          { name: t('charts.estimatedShare'), unit: '%' },
          { name: t('charts.ranking.assets') },
        ],
        rows: all.map((one) => [
          nameOf(one),
          Number.isNaN(one.carbon_kg) ? null : one.carbon_kg,
          one.energy_kWh,
          one.gPerKwh,
          Number.isNaN(one.estimated) ? null : one.estimated * 100,
          one.assets.length,
        ]),
      }}
      chart={(handle) => (
        <Chart
          ref={handle}
          option={option}
          height={height}
          label={t('charts.ranking.label', { period: labels.period(shownPeriod) })}
          onPlace={(_, y) => pick(Math.round(y))}
          walk={{
            count: shown.length,
            at: (i) => ({ seriesIndex: 0, dataIndex: i, said: saidOf(shown[i] as Ranked, measure, nameOf, words) }),
            pick,
          }}
        />
      )}
    />
  );
}

type Words = ReturnType<typeof useWords>;

const scaleOf = ({ heat }: Ranked) => (heat ? scales.heatIntensity : scales.intensity);

const join = ({ value, unit }: { value: string; unit: string }) => (unit ? `${value} ${unit}` : value);

function valueIn(one: Ranked, measure: RankMeasure, words: Words): string {
  if (measure === 'carbon') return join(words.mass(one.carbon_kg));
  return measure === 'energy' ? join(words.energy(one.energy_kWh)) : join(words.intensity(one.gPerKwh ?? Number.NaN));
}

function saidOf(one: Ranked, measure: RankMeasure, nameOf: (one: Ranked) => string, words: Words): string {
  return `${nameOf(one)}: ${valueIn(one, measure, words)}`;
}

function rankingOption(
  shown: readonly Ranked[],
  measure: RankMeasure,
  nameOf: (one: Ranked) => string,
  words: Words,
): (look: Look) => ChartOption {
  const { t } = words;
  const value = (one: Ranked) => (measure === 'carbon' ? one.carbon_kg : measure === 'energy' ? one.energy_kWh : one.gPerKwh);
  return (look) => ({
    grid: { left: 4, right: 78, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      ...tip(look),
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: look.well } },
      formatter: (params: unknown) => {
        const first = (Array.isArray(params) ? params[0] : params) as { dataIndex?: number } | undefined;
        const one = shown[first?.dataIndex ?? 0];
        if (!one) return '';
        return tipElement(nameOf(one), [
          ...rankMeasures.map((each) => ({
            ...(each === 'intensity' ? { colour: hexOf(scaleOf(one), one.gPerKwh) } : {}),
            name: t(`charts.${each}`),
            value: valueIn(one, each, words),
          })),
          { name: t('charts.estimatedShare'), value: words.share(one.estimated), quiet: true },
        ]);
      },
    },
    xAxis: { ...numbers(look, '', () => ''), min: 0, splitLine: { show: false }, axisLabel: { show: false } },
    yAxis: {
      ...categories(look, shown.map(nameOf), { every: () => true }),
      inverse: true,
      axisLine: { show: false },
      axisLabel: { color: look.text, fontSize: 12, width: 168, overflow: 'truncate', interval: 0 },
    },
    series: [
      {
        type: 'bar',
        barCategoryGap: '26%',
        label: {
          show: true,
          position: 'right',
          color: look.muted,
          fontSize: 11.5,
          formatter: (params: { dataIndex: number }) => valueIn(shown[params.dataIndex] as Ranked, measure, words),
        },
        data: shown.map((one) => {
          const at = value(one);
          return {
            value: at === null || Number.isNaN(at) ? '-' : at,
            itemStyle: { color: hexOf(scaleOf(one), one.gPerKwh), borderColor: look.line, borderWidth: 1, borderRadius: [0, 3, 3, 0] },
          };
        }),
      },
    ],
  });
}
