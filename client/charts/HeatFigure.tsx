/** Intensity by hour and day of a month or a year, to decide when to run what. */
import { useMemo } from 'react';
import type { ParkView } from '../../models/api/park-view.ts';
import type { SeriesAnswer } from '../../models/api/series.ts';
import { scales } from '../../models/colour.ts';
import type { FactorSet } from '../../models/park/park.ts';
import { zoneOffset } from '../../models/time/local-time.ts';
import { fetchSeries } from '../live/history.ts';
import type { LedgerInfo } from '../live/moment.ts';
import { useWords } from '../locales/use-words.ts';
import { Chart } from './Chart.tsx';
import { Figure } from './Figure.tsx';
import { type HeatModel, heatModel } from './heat-model.ts';
import { heatOption } from './heat-option.ts';
import { labelsIn } from './labels.ts';
import { type Period, periodAt } from './period.ts';
import { type PeriodQuality, periodQualityOf, sumOf } from './quality.ts';
import { ScaleStrip } from './ScaleStrip.tsx';
import { assetSubject, parkSubject } from './series-model.ts';
import { standOf, useAccounted } from './use-accounted.ts';
import { useAnswer } from './use-answer.ts';

interface About {
  asset: ParkView['assets'][number] | null;
  period: Period;
}

export function HeatFigure({
  park,
  asset,
  period,
  set,
  ledger,
  narrow,
  onMoment,
}: {
  park: ParkView;
  asset: ParkView['assets'][number] | null;
  period: Period;
  set: FactorSet;
  ledger: LedgerInfo;
  narrow: boolean;
  onMoment: (time: number) => void;
}) {
  const words = useWords();
  const { t, text, language } = words;
  const { id, timeZone, interval_s } = park.metadata;
  const offset = useMemo(() => zoneOffset(timeZone), [timeZone]);
  const labels = labelsIn(language, timeZone);
  const accounted = useAccounted(ledger, set, timeZone);
  const subject = useMemo(() => (asset ? assetSubject(asset) : parkSubject()), [asset]);
  // A day or week is too short for this chart: its month is shown.
  const wanted = period.kind === 'year' || period.kind === 'month' ? period : periodAt('month', period.from, offset);
  const { answer, about, ...asked } = useAnswer<{ model: HeatModel; quality: PeriodQuality }, About>(
    ['heat', id, subject.owner, wanted.key, set],
    standOf(ledger, wanted),
    { asset, period: wanted },
    async (signal) => {
      const { energy, carbon, estimated } = subject.basis;
      const columns = [energy, carbon, estimated];
      const series: SeriesAnswer = await fetchSeries(
        id,
        { owners: [subject.owner], columns, from: wanted.from, to: wanted.to, step: 'hour', set },
        signal,
      );
      const of = series.owners[subject.owner]?.columns ?? {};
      return {
        model: heatModel(subject, series, wanted, offset),
        quality: periodQualityOf(series, interval_s, [of[carbon]], sumOf(of[energy]), sumOf(of[estimated])),
      };
    },
  );
  const { period: shown } = about;
  const heat = about.asset?.scale === 'half';
  const known = answer?.model.cells.some(({ gPerKwh }) => gPerKwh !== null) ?? false;
  const year = shown.kind === 'year';
  const option = useMemo(() => {
    if (!answer) return null;
    const { model } = answer;
    const noon = (i: number) => Date.parse(`${model.days[i]}T12:00:00Z`);
    const ticks = labelsIn(language, 'UTC');
    const join = ({ value, unit }: { value: string; unit: string }) => (unit ? `${value} ${unit}` : value);
    return heatOption({
      model,
      heat,
      dayTicks: model.days.map((_, i) => ticks.tick(noon(i), year ? 'year' : 'month')),
      dayEvery: year ? (i) => model.days[i]?.endsWith('-15') ?? false : (i) => !narrow || i % 3 === 0,
      cellTitle: ({ time }) => labels.step(time, 'week', 3_600_000),
      intensity: (g) => join(words.intensity(g ?? Number.NaN)),
      energy: (kWh) => join(words.energy(kWh)),
      words: { intensity: t('charts.series.intensity'), energy: t('charts.energy'), goTo: t('charts.goTo') },
    });
  }, [answer, heat, year, narrow, language, labels, t, words]);
  const cells = answer?.model.cells ?? [];
  const at = new Map(cells.map((cell) => [cell.day * 24 + cell.hour, cell]));
  const go = (day: number, hour: number) => {
    const cell = at.get(day * 24 + hour);
    if (cell) onMoment(cell.time);
  };
  const height = 260;
  const name = about.asset ? text(about.asset.name) : text(park.metadata.name);
  return (
    <Figure
      title={t('charts.heat.title', { name })}
      unit={t('units.intensity')}
      period={labels.period(shown)}
      quality={answer?.quality ?? null}
      accounted={accounted}
      {...asked}
      empty={answer && !known ? t('charts.empty') : null}
      height={height}
      fileStem={`${id}_hours-${about.asset?.id ?? 'park'}_${shown.key}`}
      onMoment={onMoment}
      legend={<ScaleStrip scale={heat ? scales.heatIntensity : scales.intensity} />}
      table={{
        columns: [
          { name: t('charts.time') },
          { name: t('charts.series.intensity'), unit: t('units.intensity') },
          { name: t('charts.energy'), unit: 'kWh' },
        ],
        rows: cells.map((cell) => [labels.step(cell.time, 'week', 3_600_000), cell.gPerKwh, cell.energy_kWh]),
        moments: cells.map(({ time }) => time),
      }}
      chart={(handle) =>
        option ? (
          <Chart
            ref={handle}
            option={option}
            height={height}
            minWidth={narrow && year ? 900 : 0}
            label={t('charts.heat.label', { name, period: labels.period(shown) })}
            onPlace={(x, y) => go(Math.round(x), Math.round(y))}
            walk={{
              count: cells.length,
              at: (i) => ({
                seriesIndex: 0,
                dataIndex: i,
                said: `${labels.step(cells[i]?.time ?? Number.NaN, 'week', 3_600_000)}: ${words.intensity(cells[i]?.gPerKwh ?? Number.NaN).value}`,
              }),
              pick: (i) => {
                const cell = cells[i];
                if (cell) onMoment(cell.time);
              },
            }}
          />
        ) : null
      }
    />
  );
}
