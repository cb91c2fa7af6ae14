/** Chooses what the charts are about: the park as a whole, or one of its assets, listed by kind. */

import type { ParkView } from '../../models/api/park-view.ts';
import { assetKinds } from '../../models/kinds/kinds.ts';
import { locales } from '../../models/languages.ts';
import { useWords } from '../locales/use-words.ts';

export function SubjectChooser({
  park,
  asset,
  onAsset,
}: {
  park: ParkView;
  asset: ParkView['assets'][number] | null;
  onAsset: (id: string | null) => void;
}) {
  const { t, text, language } = useWords();
  const order = new Intl.Collator(locales[language].text, { numeric: true });
  return (
    <label className="subject-chooser">
      <span className="visually-hidden">{t('charts.subject.label')}</span>
      <select value={asset?.id ?? ''} onChange={(event) => onAsset(event.target.value === '' ? null : event.target.value)}>
        <option value="">{t('charts.subject.park')}</option>
        {assetKinds.map((kind) => {
          const those = park.assets.filter((one) => one.kind === kind && one.ports.length > 0);
          if (those.length === 0) return null;
          return (
            <optgroup key={kind} label={t(`kind.${kind}`)}>
              {those
                .map(({ id, name }) => ({ id, name: text(name) }))
                .sort((a, b) => order.compare(a.name, b.name))
                .map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
            </optgroup>
          );
        })}
      </select>
    </label>
  );
}
