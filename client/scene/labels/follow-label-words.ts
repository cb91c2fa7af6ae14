/** The texts of labels while an asset's carbon is followed: the total over the asset, shares over the largest ends. */

import type { FollowAnswer } from '../../../models/api/supply.ts';
import { sourceNames } from '../../../models/energy-sources.ts';
import type { Language } from '../../../models/languages.ts';
import { followedEnds } from '../../live/follow-ends.ts';
import { type Amount, formatsIn } from '../../locales/formats.ts';
import { textIn } from '../../locales/language.ts';
import type { Site } from '../shape/site.ts';

/** Maximum number of ends with a label; the panel shows more. */
const most = 8;

export interface LabelWords {
  key: string;
  /** The asset that it stands over. */
  id: string;
  name: string;
  value: string;
  /** The one that is followed. */
  subject: boolean;
}

const inOne = ({ value, unit }: Amount) => `${value} ${unit}`;

export function labelWords(sites: ReadonlyMap<string, Site>, answer: FollowAnswer, language: Language): LabelWords[] {
  const { power, intensity, percent } = formatsIn(language);
  const nameOf = (id: string) => {
    const name = sites.get(id)?.asset.name;
    return name ? textIn(language, name) : id;
  };
  const { asset, total } = answer;
  const list: LabelWords[] = [];
  if (total) {
    const carbon = total.intensity_gPerKwh === null ? '' : ` · ${inOne(intensity(total.intensity_gPerKwh))}`;
    list.push({ key: asset, id: asset, name: nameOf(asset), value: `${inOne(power(total.power_kW))}${carbon}`, subject: true });
  }
  // Ends of less than one percent are shown only in the panel.
  const told = followedEnds(answer).ends.filter((end) => end.key !== asset && end.percent > 0);
  for (const end of told.slice(0, most)) {
    const name = end.unmetered ? `${sourceNames[language].unmetered} · ${nameOf(end.asset)}` : nameOf(end.asset);
    list.push({ key: end.key, id: end.asset, name, value: `${percent(end.percent)} · ${inOne(power(end.power_kW))}`, subject: false });
  }
  return list;
}
