/** What is written in the picture while somebody is followed: the total over them, shares over the largest ends. */
import type { FollowAnswer } from '../../models/carbon/follow.ts';
import { sourceNames } from '../../models/names.ts';
import type { Site } from './shape/site.ts';

/** So many ends are written in the picture; the panel has more. */
const most = 8;
/** Smaller shares are read in the panel. */
const worthWriting = 0.005;

export interface LabelWords {
  key: string;
  /** The asset that it stands over. */
  id: string;
  name: string;
  value: string;
  /** The one that is followed. */
  subject: boolean;
}

export function labelWords(sites: ReadonlyMap<string, Site>, answer: FollowAnswer, language: string): LabelWords[] {
  const chinese = language.startsWith('zh');
  const nameOf = (id: string) => {
    const name = sites.get(id)?.asset.name;
    return (chinese ? name?.zh : undefined) ?? name?.en ?? id;
  };
  const percent = new Intl.NumberFormat(language || 'en', { style: 'percent', maximumFractionDigits: 0 });
  const digits = new Intl.NumberFormat(language || 'en', { maximumSignificantDigits: 3 });
  const power = (kW: number) => (kW >= 1000 ? `${digits.format(kW / 1000)} MW` : `${digits.format(kW)} kW`);
  const list: LabelWords[] = [];
  const { total } = answer;
  if (total) {
    const intensity = total.intensity_gPerKwh === null ? '' : ` · ${digits.format(total.intensity_gPerKwh)} gCO₂e/kWh`;
    list.push({
      key: answer.asset,
      id: answer.asset,
      name: nameOf(answer.asset),
      value: `${power(total.power_kW)}${intensity}`,
      subject: true,
    });
  }
  // What an asset takes at several ports is one share of it; what is unmetered there is nobody's.
  const unmetered = sourceNames[chinese ? 'zh' : 'en'].unmetered;
  const ends = new Map<string, { id: string; name: string; share: number; kW: number }>();
  for (const { asset, port, share, power_kW } of [...answer.sources, ...answer.uses]) {
    const key = port === null ? `${asset} ${unmetered}` : asset;
    const known = ends.get(key);
    const name = port === null ? `${unmetered} · ${nameOf(asset)}` : nameOf(asset);
    ends.set(key, { id: asset, name, share: (known?.share ?? 0) + share, kW: (known?.kW ?? 0) + power_kW });
  }
  const told = [...ends].filter(([key, { share }]) => key !== answer.asset && share >= worthWriting);
  for (const [key, { id, name, share, kW }] of told.sort((a, b) => b[1].share - a[1].share).slice(0, most))
    list.push({ key, id, name, value: `${percent.format(share)} · ${power(kW)}`, subject: false });
  return list;
}
