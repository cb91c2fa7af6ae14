/** Scope 2 of a year by month, location-based and market-based, and the carbon-free share. */

import { useMemo } from 'react';
import type { ParkView } from '../../models/api/park-view.ts';
import type { Language } from '../../models/languages.ts';
import { zoneOffset } from '../../models/time/local-time.ts';
import { ask } from '../live/ask.ts';
import type { LedgerInfo } from '../live/moment.ts';
import { useWords } from '../locales/use-words.ts';
import { Chart } from './Chart.tsx';
import type { Look } from './chart-theme.ts';
import { Figure } from './Figure.tsx';
import { labelsIn } from './labels.ts';
import { type ChartOption, categories, numbers, tip, tipElement } from './option.ts';
import { type Period, periodAt, readPeriod } from './period.ts';
import { type Scope2Month, scope2Months } from './scope2-model.ts';
import { standOf, useAccounted } from './use-accounted.ts';
import { useAnswer } from './use-answer.ts';

type Words = ReturnType<typeof useWords>;

export function Scope2Figure({
  park,
  period,
  ledger,
  height,
  onMonth,
}: {
  park: ParkView;
  period: Period;
  ledger: LedgerInfo;
  height: number;
  onMonth: (key: string) => void;
}) {
  const words = useWords();
  const { t, language } = words;
  const { id, timeZone } = park.metadata;
  const offset = useMemo(() => zoneOffset(timeZone), [timeZone]);
  const labels = labelsIn(language, timeZone);
  // A life-cycle set has no Scopes; the carbon-free share is shown all the same.
  const set = ledger.sets[0] ?? 'direct';
  const scopes = set === 'direct';
  const accounted = useAccounted(ledger, set, timeZone);
  const wanted = periodAt('year', period.from, offset);
  const {
    answer,
    about: year,
    ...asked
  } = useAnswer<Scope2Month[], Period>(['scope2', id, wanted.key, set], standOf(ledger, wanted), wanted, async (signal) =>
    scope2Months(await ask('GET /parks/{park}/report', { park: id, query: { period: wanted.key, set } }, signal)),
  );
  const months = useMemo(() => answer ?? [], [answer]);
  const due = months.filter(({ coverage }) => coverage > 0);
  const nameOf = useMemo(() => (month: string) => labels.month(readPeriod(month, offset)?.from ?? Number.NaN), [labels, offset]);
  const option = useMemo(() => scope2Option(months, scopes, nameOf, words, language), [months, scopes, nameOf, words, language]);
  const without = (scopes && due.find(({ why }) => why !== null)?.why) ?? null;
  const pick = (i: number) => {
    const month = months[i];
    if (month && month.coverage > 0) onMonth(month.month);
  };
  const colours = !scopes
    ? []
    : ([
        ['--chart-location', t('charts.scope2.location')],
        ['--chart-market', t('charts.scope2.market')],
      ] as const);
  return (
    <Figure
      title={t(scopes ? 'charts.scope2.title' : 'charts.scope2.titleLifecycle')}
      unit={scopes ? t('charts.series.carbonUnit') : '%'}
      period={labels.period(year)}
      quality={
        due.length > 0 ? { coverage: due.reduce((sum, { coverage }) => sum + coverage, 0) / due.length, estimated: Number.NaN } : null
      }
      accounted={accounted}
      {...asked}
      empty={answer && due.every(({ location_kg, cfe }) => (scopes ? location_kg : cfe) === null) ? t('charts.empty') : null}
      height={height}
      notes={[
        ...(scopes ? [] : [t('charts.scope2.noScopes')]),
        ...(without ? [t(`charts.scope2.why.${without}`)] : []),
        t('charts.scope2.cfeNote'),
      ]}
      fileStem={`${id}_scope2_${year.key}`}
      legend={
        <ul className="chart-keys">
          {colours.map(([token, name]) => (
            <li key={token}>
              <span className="chart-mark" style={{ backgroundColor: `var(${token})` }} />
              {name}
            </li>
          ))}
          <li>
            <span className="chart-line" />
            {t('charts.scope2.cfe')}
          </li>
          <li>
            <span className="chart-line ghost" />
            {t('charts.scope2.volumetric')}
          </li>
        </ul>
      }
      table={{
        columns: [
          { name: t('charts.scope2.month') },
          ...colours.map(([, name]) => ({ name, unit: 'kgCO₂e' })),
          { name: t('charts.scope2.cfe'), unit: '%' },
          { name: t('charts.scope2.volumetric'), unit: '%' },
          { name: t('charts.coverageShort'), unit: '%' },
        ],
        rows: due.map(({ month, location_kg, market_kg, cfe, volumetric, coverage }) => [
          nameOf(month),
          ...(scopes ? [location_kg, market_kg] : []),
          cfe === null ? null : cfe * 100,
          volumetric === null ? null : volumetric * 100,
          coverage * 100,
        ]),
      }}
      chart={(handle) => (
        <Chart
          ref={handle}
          option={option}
          height={height}
          label={t(scopes ? 'charts.scope2.label' : 'charts.scope2.labelLifecycle', { year: year.key })}
          onPlace={(x) => pick(Math.round(x))}
          walk={{
            count: months.length,
            at: (i) => ({ seriesIndex: 0, dataIndex: i, said: saidOf(months[i] as Scope2Month, scopes, nameOf, words) }),
            pick,
          }}
        />
      )}
    />
  );
}

const join = ({ value, unit }: { value: string; unit: string }) => (unit ? `${value} ${unit}` : value);

function saidOf(
  { month, location_kg, market_kg, cfe }: Scope2Month,
  scopes: boolean,
  nameOf: (month: string) => string,
  { t, mass, share }: Words,
): string {
  const of = (kg: number | null) => join(mass(kg ?? Number.NaN));
  const both = `${t('charts.scope2.location')} ${of(location_kg)}, ${t('charts.scope2.market')} ${of(market_kg)}, `;
  return `${nameOf(month)}: ${scopes ? both : ''}${t('charts.scope2.cfe')} ${share(cfe ?? Number.NaN)}`;
}

function scope2Option(
  months: readonly Scope2Month[],
  scopes: boolean,
  nameOf: (month: string) => string,
  words: Words,
  language: Language,
): (look: Look) => ChartOption {
  const { t, share } = words;
  const mass = (kg: number | null) => join(words.mass(kg ?? Number.NaN));
  const short = labelsIn(language, 'UTC');
  const percent = (part: number | null) => (part === null ? null : part * 100);
  return (look) => {
    const bar = (name: string, values: (number | null)[], colour: string) => ({
      type: 'bar' as const,
      name,
      data: values.map((value) => (value === null ? null : value / 1000)),
      itemStyle: { color: colour, borderRadius: [2, 2, 0, 0] },
      barGap: '8%',
      barCategoryGap: '34%',
      emphasis: { disabled: true },
    });
    const line = (name: string, values: (number | null)[], more: object) => ({
      type: 'line' as const,
      name,
      yAxisIndex: 1,
      data: values.map(percent),
      symbol: 'circle',
      symbolSize: 5,
      itemStyle: { color: look.text },
      emphasis: { disabled: true },
      ...more,
    });
    return {
      grid: { left: 52, right: 44, top: 28, bottom: 24 },
      tooltip: {
        ...tip(look),
        trigger: 'axis',
        axisPointer: { type: 'shadow', shadowStyle: { color: look.well } },
        formatter: (params: unknown) => {
          const first = (Array.isArray(params) ? params[0] : params) as { dataIndex?: number } | undefined;
          const month = months[first?.dataIndex ?? 0];
          if (!month) return '';
          return tipElement(
            nameOf(month.month),
            [
              ...(scopes
                ? [
                    { colour: look.location, name: t('charts.scope2.location'), value: mass(month.location_kg) },
                    { colour: look.market, name: t('charts.scope2.market'), value: mass(month.market_kg) },
                  ]
                : []),
              { name: t('charts.scope2.cfe'), value: share(month.cfe ?? Number.NaN) },
              { name: t('charts.scope2.volumetric'), value: share(month.volumetric ?? Number.NaN), quiet: true },
            ],
            month.coverage > 0 ? t('charts.scope2.goTo') : undefined,
          );
        },
      },
      xAxis: categories(
        look,
        months.map(({ month }) => short.tick(Date.parse(`${month}-15T12:00:00Z`), 'year')),
      ),
      yAxis: [
        { ...numbers(look, scopes ? 't' : '', short.plain), min: 0, show: scopes },
        { ...numbers(look, '%', (value) => String(value), { right: true, min: 0, max: 100, quiet: true }), interval: 25 },
      ],
      series: [
        bar(
          t('charts.scope2.location'),
          months.map(({ location_kg }) => location_kg),
          look.location,
        ),
        bar(
          t('charts.scope2.market'),
          months.map(({ market_kg }) => market_kg),
          look.market,
        ),
        line(
          t('charts.scope2.volumetric'),
          months.map(({ volumetric }) => volumetric),
          { symbol: 'none', lineStyle: { width: 1.2, type: [4, 3], color: look.muted } },
        ),
        line(
          t('charts.scope2.cfe'),
          months.map(({ cfe }) => cfe),
          { lineStyle: { width: 2, color: look.text } },
        ),
      ] as ChartOption['series'] & object,
    };
  };
}
