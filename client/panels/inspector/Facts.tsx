/** Facts of an asset: sizes, use, what it converts. Assumed values are marked as assumed. */

import type { ShownAsset } from '../../../models/api/park-view.ts';
import type { Carrier } from '../../../models/carriers.ts';
import { kindRow } from '../../../models/kinds/kinds.ts';
import { textOfUse } from '../../locales/building-uses.ts';
import { useWords } from '../../locales/use-words.ts';
import { SheetPart } from '../../ui/Sheet.tsx';

export function Facts({ asset }: { asset: ShownAsset }) {
  const { t, text, number, power } = useWords();
  const carrierList = (of: Partial<Record<Carrier, number>>) =>
    (Object.keys(of) as Carrier[]).map((carrier) => t(`carrier.${carrier}`)).join(' + ');
  const nameplate = asset.capacity_kW === undefined ? null : power(asset.capacity_kW);
  const rows: [label: string, value: string, field?: string][] = [];
  if (asset.use) rows.push([t('inspector.use'), text(textOfUse(asset.use)), 'use']);
  if (nameplate) rows.push([t('inspector.nameplate'), `${nameplate.value} ${nameplate.unit}`, 'capacity_kW']);
  if (asset.area_m2 > 0) rows.push([t('inspector.footprint'), number(asset.area_m2, 'm²', 0)]);
  if (kindRow(asset.kind).floors === 'let' && asset.floorArea_m2 > 0) {
    rows.push([t('inspector.floorArea'), number(asset.floorArea_m2, 'm²', 0), 'floorArea_m2']);
    rows.push([t('inspector.floors'), number(asset.floors, undefined, 0), 'floors']);
  }
  if (asset.height_m > 0) rows.push([t('inspector.height'), number(asset.height_m, 'm', 1), 'height_m']);
  if (rows.length === 0) return null;
  return (
    <SheetPart title={t('inspector.facts')}>
      <dl className="rows">
        {rows.map(([label, value, field]) => (
          <div className="row" key={label}>
            <dt className="muted">{label}</dt>
            <dd className="num">
              {value}
              {field && asset.assumed.includes(field) ? <span className="muted"> ({t('inspector.assumed')})</span> : null}
            </dd>
          </div>
        ))}
      </dl>
      {asset.conversion ? (
        <p className="note">
          {t('inspector.converts', { inputs: carrierList(asset.conversion.inputs), outputs: carrierList(asset.conversion.outputs) })}
        </p>
      ) : null}
    </SheetPart>
  );
}
