/** Energy by port of an asset (or by source, of the park) with its intensity, the period before, and what is typical. */
import { useMemo } from 'react';
import type { ParkView } from '../../models/api/park-view.ts';
import type { SeriesAnswer } from '../../models/api/series.ts';
import type { FactorSet } from '../../models/park/park.ts';
import { zoneOffset } from '../../models/time/local-time.ts';
import { directionOf } from '../../models/units.ts';
import { fetchSeries } from '../live/history.ts';
import type { LedgerInfo } from '../live/moment.ts';
import { useWords } from '../locales/use-words.ts';
import { Chart } from './Chart.tsx';
import { Figure } from './Figure.tsx';
import { labelsIn } from './labels.ts';
import { type Period, shifted } from './period.ts';
import { SeriesLegend } from './SeriesLegend.tsx';
import {
  assetSubject,
  type Layer,
  parkSubject,
  type SeriesModel,
  type Subject,
  seriesModel,
  seriesTotalsOf,
  stepOf,
  totalColumns,
  typicalBand,
  typicalWeeks,
  withColumns,
} from './series-model.ts';
import { firstLayerSeries, type SeriesDrawing, seriesOption } from './series-option.ts';
import type { TableData } from './table-data.ts';
import { standOf, useAccounted } from './use-accounted.ts';
import { useAnswer } from './use-answer.ts';

interface About {
  asset: ParkView['assets'][number] | null;
  period: Period;
}

interface Answers {
  subject: Subject;
  model: SeriesModel;
  ghost: SeriesModel | null;
  band: ReturnType<typeof typicalBand> | null;
}

const has = (model: SeriesModel, layer: number) => (model.layers[layer] ?? []).some((value) => value !== null && value !== 0);

export function SeriesFigure({
  park,
  asset,
  period: wanted,
  set,
  ledger,
  compact = false,
  height,
  controls,
  onMoment,
}: {
  park: ParkView;
  /** null: the park itself. */
  asset: ParkView['assets'][number] | null;
  period: Period;
  set: FactorSet;
  ledger: LedgerInfo;
  compact?: boolean;
  height: number;
  controls?: React.ReactNode;
  onMoment: (time: number) => void;
}) {
  const words = useWords();
  const { t, text, language } = words;
  const { id, timeZone, interval_s } = park.metadata;
  const offset = useMemo(() => zoneOffset(timeZone), [timeZone]);
  const labels = labelsIn(language, timeZone);
  const accounted = useAccounted(ledger, set, timeZone);
  const all = useMemo(() => (asset ? assetSubject(asset) : parkSubject()), [asset]);
  const what = ['series', id, all.owner, wanted.key, set];
  const { answer, about, ...asked } = useAnswer<Answers, About>(
    what,
    standOf(ledger, wanted),
    { asset, period: wanted },
    async (signal) => {
      const ask = (from: number, to: number, step: SeriesAnswer['step'], columns?: string[]) =>
        fetchSeries(id, { owners: [all.owner], ...(columns ? { columns } : {}), from, to, step, set }, signal);
      const before = shifted(wanted, -1, offset);
      // Weeks before, by hours (for a month by days): they show what is typical of each weekday (and hour).
      const weeks_ms = typicalWeeks * 7 * 86_400_000;
      const typical =
        wanted.kind === 'year'
          ? null
          : ask(wanted.from - weeks_ms, wanted.from, wanted.kind === 'month' ? 'day' : 'hour', totalColumns(all));
      const [now, then, earlier] = await Promise.all([
        ask(wanted.from, wanted.to, stepOf[wanted.kind]),
        ask(before.from, before.to, stepOf[wanted.kind]),
        typical,
      ]);
      const subject = withColumns(all, new Set(Object.keys(now.owners[all.owner]?.columns ?? {})));
      const model = seriesModel(subject, now, wanted.kind, interval_s);
      const past = seriesModel(subject, then, wanted.kind, interval_s);
      const weeks = earlier ? seriesTotalsOf(subject, earlier, wanted.kind, interval_s) : null;
      return {
        subject,
        model,
        ghost: past.whole.some((value) => value !== null) ? past : null,
        band: weeks ? typicalBand(model.times, weeks, wanted.kind, offset) : null,
      };
    },
  );

  const { period } = about;
  const { kind } = period;
  const isMean = kind === 'day' || kind === 'week';
  const drawing = useMemo((): SeriesDrawing | null => {
    if (!answer) return null;
    const { subject, model, ghost } = answer;
    const band = answer.band?.low.some((value) => value !== null) ? answer.band : null;
    const top = Math.max(...model.total.map((value) => value ?? 0), ...(ghost?.whole ?? []).map((value) => value ?? 0), 0);
    // The same factors apply to kW and kWh.
    const [size, unit] =
      top >= 2e6 ? [1e6, isMean ? 'GW' : 'GWh'] : top >= 2000 ? [1000, isMean ? 'MW' : 'MWh'] : [1, isMean ? 'kW' : 'kWh'];
    const amount = (value: number) => {
      const { value: figure, unit } = isMean ? words.power(value) : words.energy(value);
      return unit ? `${figure} ${unit}` : figure;
    };
    const step_ms = kind === 'day' ? interval_s * 1000 : 3_600_000;
    return {
      subject,
      kind,
      model,
      shown: subject.layers.flatMap((_, l) => (has(model, l) ? [l] : [])),
      // Where the period before has more steps (31 days before 30), they are cut; where it has fewer, the rest is empty.
      ghost: ghost ? model.times.map((_, i) => ghost.whole[i] ?? null) : null,
      band,
      ticks: model.times.map((time) => labels.tick(time, kind)),
      steps: model.times.map((time) => labels.step(time, kind, step_ms)),
      tickEvery: everyOf(kind, compact),
      compact,
      words: {
        nameOf: (layer) => nameOf(layer, subject, t),
        energy: amount,
        unit,
        scaled: (value) => labels.plain(value / size),
        intensity: t('charts.series.intensity'),
        intensityValue: (g) => {
          const { value, unit } = words.intensity(g ?? Number.NaN);
          return unit ? `${value} ${unit}` : value;
        },
        ghost: t(`charts.series.before.${kind}`),
        band: t('charts.series.typical'),
        total: t('charts.series.total'),
        goTo: t('charts.goTo'),
      },
    };
  }, [answer, kind, compact, interval_s, isMean, labels, t, words]);

  const option = useMemo(() => (drawing ? seriesOption(drawing) : null), [drawing]);
  const title = about.asset ? (compact ? t('charts.series.short') : text(about.asset.name)) : t('charts.series.park');
  const unit = drawing ? t(isMean ? 'charts.series.mean' : 'charts.series.sum', { unit: drawing.words.unit }) : '';
  const go = (i: number) => {
    const time = answer?.model.times[i];
    if (time !== undefined) onMoment(time);
  };
  return (
    <Figure
      title={title}
      unit={unit}
      period={labels.period(period)}
      quality={answer?.model.quality ?? null}
      accounted={accounted}
      {...asked}
      empty={answer && drawing?.shown.length === 0 && answer.model.total.every((value) => value === null) ? t('charts.empty') : null}
      table={tableOf(drawing, t)}
      height={height}
      compact={compact}
      controls={controls}
      fileStem={`${id}_${about.asset?.id ?? 'park'}_${period.key}`}
      onMoment={onMoment}
      legend={drawing ? <SeriesLegend drawing={drawing} /> : null}
      chart={(handle) =>
        option && drawing ? (
          <Chart
            ref={handle}
            option={option}
            height={height}
            label={t('charts.series.label', { name: title, period: labels.period(period) })}
            onPlace={(x) => go(Math.round(x))}
            walk={{
              count: drawing.steps.length,
              at: (i) => ({ seriesIndex: firstLayerSeries(drawing), dataIndex: i, said: saidAt(drawing, i) }),
              pick: go,
            }}
          />
        ) : null
      }
    />
  );
}

type Translate = ReturnType<typeof useWords>['t'];

function nameOf({ of }: Layer, subject: Subject, t: Translate): string {
  if ('kind' in of) return t(`source.${of.kind}`);
  const both =
    subject.layers.filter((other) => 'port' in other.of && other.of.carrier === of.carrier).length > 1 ||
    subject.layers.some(({ sign }) => sign < 0);
  return both ? `${t(`carrier.${of.carrier}`)}, ${t(`direction.${directionOf(of.port)}`)}` : t(`carrier.${of.carrier}`);
}

/** Labels: every 12th step of a day (24th if compact), the first of each day of a week, every 2nd day (5th), each month (2nd). */
function everyOf(kind: Period['kind'], compact: boolean): (index: number) => boolean {
  if (kind === 'day') return (i) => i % (compact ? 24 : 12) === 0;
  if (kind === 'week') return (i) => i % 24 === 0;
  if (kind === 'month') return (i) => (compact ? i % 5 === 0 : i % 2 === 0);
  return (i) => !compact || i % 2 === 0;
}

function saidAt({ steps, model, words }: SeriesDrawing, i: number): string {
  const total = words.energy(model.total[i] ?? Number.NaN);
  return `${steps[i]}: ${total}, ${words.intensityValue(model.intensity[i] ?? null)}`;
}

function tableOf(drawing: SeriesDrawing | null, t: Translate): TableData {
  if (!drawing) return { columns: [], rows: [] };
  const { subject, model, shown, ghost, band, kind, steps, words } = drawing;
  const unit = kind === 'day' || kind === 'week' ? 'kW' : 'kWh';
  const round = (value: number | null | undefined) => (value == null ? null : Math.round(value * 1000) / 1000);
  return {
    columns: [
      { name: t('charts.time') },
      ...shown.map((l) => ({ name: words.nameOf(subject.layers[l] as Layer), unit })),
      { name: words.total, unit },
      { name: words.intensity, unit: t('units.intensity') },
      ...(ghost ? [{ name: words.ghost, unit }] : []),
      ...(band
        ? [
            { name: t('charts.series.typicalLow'), unit },
            { name: t('charts.series.typicalHigh'), unit },
          ]
        : []),
    ],
    rows: steps.map((step, i) => [
      step,
      ...shown.map((l) => round(model.layers[l]?.[i])),
      round(model.total[i]),
      round(model.intensity[i]),
      ...(ghost ? [round(ghost[i])] : []),
      ...(band ? [round(band.low[i]), round(band.high[i])] : []),
    ]),
    moments: model.times,
  };
}
