/** The two emission figures, never mixed: attributed for what uses energy, stack for what burns. */

import { mirror, valueAt } from '../../live/mirror.ts';
import { useWords } from '../../locales/use-words.ts';
import { Live } from '../Live.tsx';
import { Part } from '../Sheet.tsx';
import { useMirror } from '../use-slot.ts';
import type { ShownAsset } from './AssetSheet.tsx';

export function Emissions({ asset }: { asset: ShownAsset }) {
  const { t, emissionRate } = useWords();
  const kind = asset.emissions ?? 'attributed';
  const read = () => valueAt(mirror.layout?.assets.get(asset.id)?.[kind]);
  const known = useMirror(() => !Number.isNaN(read()));
  if (!known) return null;
  return (
    <Part title={t('inspector.emissions')}>
      <div className="row">
        <span>{t(`inspector.${kind}`)}</span>
        <Live read={() => emissionRate(read())} />
      </div>
      <p className="note">{t(`inspector.${kind}Hint`)}</p>
    </Part>
  );
}
