/** The two emission figures, which are never mixed: attributed for assets that use energy, stack for assets that burn fuel. */

import type { ShownAsset } from '../../../models/api/park-view.ts';
import { mirror, valueAt } from '../../live/mirror.ts';
import { useWords } from '../../locales/use-words.ts';
import { SheetPart } from '../../ui/Sheet.tsx';
import { LiveAmount } from '../values/LiveAmount.tsx';
import { useMirror } from '../values/use-mirror.ts';

export function Emissions({ asset }: { asset: ShownAsset }) {
  const { t, emissionRate } = useWords();
  const kind = asset.emissions ?? 'attributed';
  const read = () => valueAt(mirror.layout?.assets.get(asset.id)?.[kind]);
  const known = useMirror(() => !Number.isNaN(read()));
  if (!known) return null;
  return (
    <SheetPart title={t('inspector.emissions')}>
      <div className="row">
        <span>{t(`inspector.${kind}`)}</span>
        <LiveAmount read={() => emissionRate(read())} />
      </div>
      <p className="note">{t(`inspector.${kind}Hint`)}</p>
    </SheetPart>
  );
}
