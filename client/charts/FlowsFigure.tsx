/** Where energy and carbon of a period come from and where they go. */
import { useMemo, useState } from 'react';
import type { FlowsAnswer } from '../../models/api/flows.ts';
import type { ParkView } from '../../models/api/park-view.ts';
import type { Carrier } from '../../models/carriers.ts';
import type { SourceKind } from '../../models/energy-sources.ts';
import type { AssetKind } from '../../models/kinds/kinds.ts';
import type { FlowNode } from '../../models/ledger/flow-graph.ts';
import type { FactorSet } from '../../models/park/park.ts';
import { ask, iso } from '../live/ask.ts';
import type { LedgerInfo } from '../live/moment.ts';
import { textOfUse } from '../locales/building-uses.ts';
import { useWords } from '../locales/use-words.ts';
import { Chart } from './Chart.tsx';
import { Figure } from './Figure.tsx';
import { type FlowsDrawing, flowsOption } from './flows-option.ts';
import { labelsIn } from './labels.ts';
import type { Period } from './period.ts';
import { usualGroup } from './ranking-model.ts';
import { ScaleStrip } from './ScaleStrip.tsx';
import { Segments } from './Segments.tsx';
import { drawnFlows, type FlowMeasure } from './sankey-model.ts';
import { ratio } from './series-model.ts';
import type { TableData } from './table-data.ts';
import { standOf, useAccounted } from './use-accounted.ts';
import { useAnswer } from './use-answer.ts';

const groups = ['tenant', 'use', 'kind', 'asset'] as const;
type Group = (typeof groups)[number];

export function FlowsFigure({
  park,
  period,
  set,
  ledger,
  narrow,
}: {
  park: ParkView;
  period: Period;
  set: FactorSet;
  ledger: LedgerInfo;
  narrow: boolean;
}) {
  const words = useWords();
  const { t, language } = words;
  const { id, timeZone, tenants } = park.metadata;
  const [measure, setMeasure] = useState<FlowMeasure>('energy');
  const [group, setGroup] = useState<Group>(() => usualGroup(park));
  const labels = labelsIn(language, timeZone);
  const accounted = useAccounted(ledger, set, timeZone);
  const {
    answer,
    about: shownPeriod,
    ...asked
  } = useAnswer<FlowsAnswer, Period>(['flows', id, period.key, set, group], standOf(ledger, period), period, (signal) =>
    ask('GET /parks/{park}/flows', { park: id, query: { from: iso(period.from), to: iso(period.to), set, group } }, signal),
  );
  const said = useMemo(() => sayings(words), [words]);
  const height = narrow ? 460 : 520;
  const drawing = useMemo((): FlowsDrawing | null => {
    if (!answer) return null;
    return { flows: drawnFlows(answer.nodes, answer.links, measure, narrow ? 10 : 16), ...said, measure, narrow };
  }, [answer, measure, narrow, said]);
  const option = useMemo(() => (drawing ? flowsOption(drawing) : null), [drawing]);
  const walk = drawing
    ? {
        count: drawing.flows.nodes.length,
        at: (i: number) => ({ seriesIndex: 0, dataIndex: i, said: said.nameOf(drawing.flows.nodes[i] as FlowNode) }),
      }
    : undefined;
  const notes = [
    t('charts.flows.note'),
    ...(answer && answer.unknown.length > 0 ? [t('charts.flows.unknown', { count: labels.plain(answer.unknown.length) })] : []),
    ...(drawing && drawing.flows.pooled > 0 ? [t('charts.flows.pooled', { count: labels.plain(drawing.flows.pooled) })] : []),
  ];
  return (
    <Figure
      title={t('charts.flows.title')}
      unit={t(`charts.${measure}In`)}
      period={labels.period(shownPeriod)}
      quality={answer ? { coverage: coverageOf(answer, park.metadata.interval_s), estimated: answer.estimatedShare ?? Number.NaN } : null}
      accounted={accounted}
      {...asked}
      empty={answer && answer.links.length === 0 ? t('charts.empty') : null}
      table={tableOf(answer, said, words)}
      height={height}
      notes={notes}
      fileStem={`${id}_flows-${measure}_${shownPeriod.key}`}
      legend={<ScaleStrip note={t('metric.intensityNote')} />}
      controls={
        <>
          <Segments
            label={t('charts.flows.measure')}
            value={measure}
            onChoose={setMeasure}
            options={(['energy', 'carbon'] as const).map((value) => ({ value, name: t(`charts.${value}`) }))}
          />
          <Segments
            label={t('charts.flows.group')}
            value={group}
            onChoose={setGroup}
            options={groups
              .filter((one) => one !== 'tenant' || tenants.length > 0)
              .map((value) => ({ value, name: t(`charts.group.${value}`) }))}
          />
        </>
      }
      chart={(handle) =>
        option && walk ? (
          <Chart
            ref={handle}
            option={option}
            height={height}
            minWidth={narrow ? 760 : 0}
            label={t('charts.flows.label', { period: labels.period(shownPeriod) })}
            walk={walk}
          />
        ) : null
      }
    />
  );
}

/** Accounted part of the intervals that are over by now; those still to come do not count as missing. */
function coverageOf({ from, until, intervals, expected }: FlowsAnswer, interval_s: number): number {
  const over = until === null ? 0 : Math.floor((Date.parse(until) - Date.parse(from)) / (1000 * interval_s));
  const due = Math.min(expected, over);
  return due > 0 ? intervals / due : Number.NaN;
}

type Words = ReturnType<typeof useWords>;
type Sayings = Pick<FlowsDrawing, 'nameOf' | 'energy' | 'carbon' | 'intensity' | 'words'>;

function sayings(words: Words): Sayings {
  const { t, text } = words;
  const join = ({ value, unit }: { value: string; unit: string }) => (unit ? `${value} ${unit}` : value);
  return {
    nameOf: ({ kind, ref, name }) => {
      if (name) return text(name);
      switch (kind) {
        case 'source':
          if (ref === 'surroundings' || ref === 'unaccounted') return t(`charts.flows.node.${ref}`);
          return t(`source.${ref as SourceKind}`);
        case 'carrier':
          return t(`carrier.${ref as Carrier}`);
        case 'conversion':
          return t(`kind.${ref.split(':')[0] as AssetKind}`);
        case 'released':
        case 'stored':
          return t(`charts.flows.node.${kind}`, { store: t(`kind.${ref as AssetKind}`) });
        case 'losses':
          return t(ref === 'lines' ? 'charts.flows.node.lossesLines' : 'charts.flows.node.lossesConversion');
        case 'use': {
          const [of, what = ''] = ref.split(':');
          return of === 'kind' ? t(`kind.${what as AssetKind}`) : of === 'use' ? text(textOfUse(what)) : t('charts.others');
        }
        case 'export':
        case 'unmetered':
        case 'unaccounted':
          return t(`charts.flows.node.${kind}`);
      }
    },
    energy: (Wh) => join(words.energy(Wh / 1000)),
    carbon: (mg) => join(words.mass(mg / 1e6)),
    intensity: (g) => join(words.intensity(g ?? Number.NaN)),
    words: {
      energy: t('charts.energy'),
      carbon: t('charts.carbon'),
      intensity: t('charts.series.intensity'),
      in: t('charts.flows.in'),
      out: t('charts.flows.out'),
    },
  };
}

function tableOf(answer: FlowsAnswer | null, { nameOf }: Sayings, { t }: Words): TableData {
  if (!answer) return { columns: [], rows: [] };
  const byId = new Map(answer.nodes.map((node) => [node.id, node]));
  const name = (id: string) => {
    const node = byId.get(id);
    return node ? nameOf(node) : id;
  };
  return {
    columns: [
      { name: t('charts.flows.from') },
      { name: t('charts.flows.to') },
      { name: t('charts.flows.carrier') },
      { name: t('charts.energy'), unit: 'kWh' },
      { name: t('charts.carbon'), unit: 'kgCO₂e' },
      { name: t('charts.series.intensity'), unit: t('units.intensity') },
    ],
    rows: [...answer.links]
      .sort((a, b) => b.Wh - a.Wh)
      .map(({ source, target, carrier, Wh, mg, carbonUnknown }) => [
        name(source),
        name(target),
        t(`carrier.${carrier}`),
        Wh / 1000,
        carbonUnknown ? null : mg / 1e6,
        carbonUnknown ? null : ratio(mg, Wh),
      ]),
  };
}
