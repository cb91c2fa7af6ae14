/** Everything about the one thing that is selected: an asset or a line. */
import { flyTo, select, useChoices } from '../../live/choices.ts';
import { useWords } from '../../locales/use-words.ts';
import { IconButton } from '../../ui/Icon.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useParkView } from '../values/use-park-view.ts';
import { AssetSheet } from './AssetSheet.tsx';
import { CopyLink } from './CopyLink.tsx';
import { LineSheet } from './LineSheet.tsx';
import './inspector.css';

export function Inspector() {
  const { t, text } = useWords();
  const park = useParkView();
  const id = useChoices((view) => view.selected);
  const asset = park.assets.find((a) => a.id === id);
  const line = asset ? undefined : park.lines.find((l) => l.id === id);
  const nameOf = (asset: string) => text(park.assets.find((a) => a.id === asset)?.name ?? { en: asset });
  const close = () => select(null);
  if (asset) {
    const tenant = park.metadata.tenants.find((one) => one.id === asset.tenant);
    return (
      <Sheet
        key={asset.id}
        className="inspector"
        title={text(asset.name)}
        label={t('inspector.label')}
        eyebrow={[t(`kind.${asset.kind}`), tenant ? text(tenant.name) : asset.tenant].filter(Boolean).join(' · ')}
        onClose={close}
        closeLabel={t('inspector.close')}
        actions={
          <>
            <IconButton icon="fly" label={t('inspector.fly')} onClick={() => flyTo(asset.id)} />
            <CopyLink />
          </>
        }
      >
        <AssetSheet asset={asset} />
      </Sheet>
    );
  }
  if (line) {
    return (
      <Sheet
        key={line.id}
        className="inspector"
        title={line.name ? text(line.name) : `${nameOf(line.from)} – ${nameOf(line.to)}`}
        label={t('inspector.label')}
        eyebrow={t(`carrier.${line.carrier}`)}
        onClose={close}
        closeLabel={t('inspector.close')}
        actions={<CopyLink />}
      >
        <LineSheet line={line} />
      </Sheet>
    );
  }
  return null;
}
