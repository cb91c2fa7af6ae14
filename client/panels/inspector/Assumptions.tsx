/** What the number is based on: assumed properties, factors with their source, unmetered rests, exclusions, notes. */

import type { ShownAsset } from '../../../models/api/park-view.ts';
import { roleOf } from '../../../models/kinds/roles.ts';
import { carrierOf } from '../../../models/units.ts';
import { useWords } from '../../locales/use-words.ts';
import { SheetPart } from '../../ui/Sheet.tsx';
import { FactorText } from '../values/FactorText.tsx';
import { useParkView } from '../values/use-park-view.ts';

export function Assumptions({ asset }: { asset: ShownAsset }) {
  const { t, text } = useWords();
  const { metadata } = useParkView();
  const sources = metadata.sources.filter((source) => source.asset === asset.id);
  const rests = metadata.unmetered.filter((rest) => rest.asset === asset.id);
  const notes: string[] = [];
  if (asset.note) notes.push(text(asset.note));
  const fieldName = (field: string) => t(`assumedField.${field as 'height_m'}`, { defaultValue: field });
  if (asset.assumed.length > 0) notes.push(t('inspector.assumedFields', { fields: asset.assumed.map(fieldName).join(', ') }));
  // A cogeneration plant: its carbon is divided between its power and its heat.
  const products = asset.ports.filter((port) => roleOf(asset, port) === 'product');
  if (products.length > 1 && products.includes('electricity.out')) {
    notes.push(
      t('inspector.cogeneration', {
        method: t(`method.${metadata.cogenerationMethod as 'energy'}`, { defaultValue: metadata.cogenerationMethod }),
      }),
    );
  }
  for (const rest of rests) notes.push(t('inspector.unmeteredRest', { name: text(rest.name) }));
  for (const spread of metadata.spreads) {
    const left = spread.exclusions.find((one) => one.asset === asset.id);
    if (left) notes.push(t('inspector.excluded', { spread: text(spread.name ?? { en: spread.id }), reason: text(left.reason) }));
  }
  if (notes.length === 0 && sources.length === 0) return null;
  return (
    <SheetPart title={t('inspector.assumptions')}>
      <ul className="notes">
        {notes.map((note) => (
          <li key={note} className="note">
            {note}
          </li>
        ))}
        {sources.map((source) => (
          <li key={source.port} className="note">
            {source.factor ? (
              <FactorText factor={source.factor} estimated={source.estimated} />
            ) : (
              t('inspector.factorMissing', { carrier: t(`carrier.${carrierOf(source.port)}`) })
            )}
          </li>
        ))}
      </ul>
    </SheetPart>
  );
}
