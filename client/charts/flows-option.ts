/** Draws sankey-model.ts: links are as wide as their energy or carbon, coloured by the intensity of what flows. */

import { type Carrier, carrierRow } from '../../models/carriers.ts';
import { intensityScales } from '../../models/colour.ts';
import type { SourceKind } from '../../models/energy-sources.ts';
import type { FlowNode } from '../../models/ledger/flow-graph.ts';
import { hexOf, type Look } from './chart-theme.ts';
import { type ChartOption, tip, tipElement } from './option.ts';
import type { DrawnFlows, DrawnLink } from './sankey-model.ts';
import { ratio } from './series-model.ts';

export interface FlowsDrawing {
  flows: DrawnFlows;
  nameOf: (node: FlowNode) => string;
  /** Wh and mg as text. */
  energy: (Wh: number) => string;
  carbon: (mg: number) => string;
  intensity: (g: number | null) => string;
  words: { energy: string; carbon: string; intensity: string; in: string; out: string };
  measure: 'energy' | 'carbon';
  narrow: boolean;
}

/** Neutral where a link shows nothing about carbon: heat from the surroundings, lost heat whose carbon is in the product. */
function colourOfLink(look: Look, link: DrawnLink): string {
  if (link.carbonUnknown) return look.neutral;
  const quiet = link.source === 'source:surroundings' || (link.target.startsWith('losses:') && (ratio(link.mg, link.Wh) ?? 0) < 0.5);
  return quiet ? look.well : hexOf(scaleOf(link.carrier), ratio(link.mg, link.Wh));
}

const scaleOf = (carrier: Carrier) => intensityScales[carrierRow(carrier).scale];

function colourOfNode(look: Look, { kind, ref }: FlowNode): string {
  if (kind === 'carrier') return look.carrier(ref as Carrier);
  if (kind === 'source' && ref !== 'surroundings' && ref !== 'unaccounted') return look.source(ref as SourceKind);
  if (kind === 'released' || kind === 'stored') return look.source('storage');
  if (kind === 'losses' || kind === 'unmetered' || kind === 'unaccounted' || ref === 'surroundings') return look.neutral;
  return look.muted;
}

export function sumsAt(flows: DrawnFlows, id: string): { in: { Wh: number; mg: number }; out: { Wh: number; mg: number } } {
  const sums = { in: { Wh: 0, mg: 0 }, out: { Wh: 0, mg: 0 } };
  for (const { source, target, Wh, mg } of flows.links) {
    if (target === id) {
      sums.in.Wh += Wh;
      sums.in.mg += mg;
    }
    if (source === id) {
      sums.out.Wh += Wh;
      sums.out.mg += mg;
    }
  }
  return sums;
}

/** Shortens a name so that its number has room; ideographs count as twice as wide. */
function short(name: string, most: number): string {
  let width = 0;
  let text = '';
  for (const letter of name) {
    width += /[\u2E80-\uFFFF]/u.test(letter) ? 2 : 1;
    if (width > most) return `${text.trimEnd()}…`;
    text += letter;
  }
  return text;
}

export function flowsOption(drawing: FlowsDrawing): (look: Look) => ChartOption {
  const { flows, nameOf, energy, carbon, intensity, words, measure, narrow } = drawing;
  const byId = new Map(flows.nodes.map((node) => [node.id, node]));
  const value = (sum: { Wh: number; mg: number }) => (measure === 'energy' ? energy(sum.Wh) : carbon(sum.mg));
  return (look) => ({
    tooltip: {
      ...tip(look),
      trigger: 'item',
      formatter: (params: unknown) => {
        const { dataType, data } = params as { dataType?: string; data: { id?: string; link?: DrawnLink } };
        if (dataType === 'edge' && data.link) {
          const { source, target, Wh, mg, carbonUnknown } = data.link;
          const title = [source, target].map((id) => nameOf(byId.get(id) as FlowNode)).join(' → ');
          return tipElement(title, [
            { name: words.energy, value: energy(Wh) },
            { name: words.carbon, value: carbonUnknown ? carbon(Number.NaN) : carbon(mg) },
            { colour: colourOfLink(look, data.link), name: words.intensity, value: intensity(carbonUnknown ? null : ratio(mg, Wh)) },
          ]);
        }
        const node = byId.get(data.id ?? '');
        if (!node) return '';
        const sums = sumsAt(flows, node.id);
        const rows = [
          ...(sums.in.Wh + sums.in.mg > 0 ? [{ name: words.in, value: `${energy(sums.in.Wh)}, ${carbon(sums.in.mg)}` }] : []),
          ...(sums.out.Wh + sums.out.mg > 0 ? [{ name: words.out, value: `${energy(sums.out.Wh)}, ${carbon(sums.out.mg)}` }] : []),
        ];
        return tipElement(nameOf(node), rows);
      },
    },
    series: [
      {
        type: 'sankey',
        left: 4,
        right: narrow ? 196 : 250,
        top: 8,
        bottom: 8,
        nodeWidth: 10,
        nodeGap: 13,
        nodeAlign: 'justify',
        layoutIterations: 64,
        draggable: false,
        emphasis: { focus: 'trajectory', lineStyle: { opacity: 1 } },
        blur: { lineStyle: { opacity: 0.12 }, itemStyle: { opacity: 0.3 }, label: { opacity: 0.4 } },
        lineStyle: { curveness: 0.5, opacity: 0.85 },
        label: {
          color: look.text,
          fontFamily: look.font,
          fontSize: 11.5,
          distance: 6,
        },
        labelLayout: { hideOverlap: true },
        data: flows.nodes.map((node) => {
          const sums = sumsAt(flows, node.id);
          const through = sums.in.Wh + sums.in.mg > 0 ? sums.in : sums.out;
          return {
            // ECharts matches links by `name`, so this is the id: ids are unique, names may not be.
            name: node.id,
            id: node.id,
            itemStyle: { color: colourOfNode(look, node), borderWidth: 0 },
            label: {
              formatter: `${short(nameOf(node), narrow ? 20 : 28)}  ${value(through)}`,
              // Labels of nodes in the middle lie over links, so they get a background.
              ...(sums.out.Wh + sums.out.mg > 0
                ? { backgroundColor: look.sheet, borderRadius: 4, padding: [2, 5] as [number, number], opacity: 0.9 }
                : {}),
            },
          };
        }),
        links: flows.links.map((link) => ({
          source: link.source,
          target: link.target,
          value: link.value,
          link,
          lineStyle: { color: colourOfLink(look, link) },
        })) as { source: string; target: string; value: number }[],
      },
    ],
  });
}
