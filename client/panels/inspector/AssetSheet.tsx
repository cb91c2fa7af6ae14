/** The inspector of one asset: its intensity first, then what explains it. */
import { lazy, Suspense } from 'react';
import type { ShownAsset } from '../../../models/api/park-view.ts';
import { mirror, valueAt } from '../../live/mirror.ts';
import { useWords } from '../../locales/use-words.ts';
import { SheetPart } from '../../ui/Sheet.tsx';
import { StoryText } from '../stories/StoryText.tsx';
import { SourceMix } from '../values/SourceMix.tsx';
import { useHidden, useMirror } from '../values/use-mirror.ts';
import { useParkView } from '../values/use-park-view.ts';
import { Assumptions } from './Assumptions.tsx';
import { Emissions } from './Emissions.tsx';
import { Facts } from './Facts.tsx';
import { Follow } from './Follow.tsx';
import { Headline } from './Headline.tsx';
import { Neighbours } from './Neighbours.tsx';
import { Points } from './Points.tsx';
import { Ports } from './Ports.tsx';

/** The code of the charts is loaded when the first asset is opened. */
const AssetHistory = lazy(async () => ({ default: (await import('../../charts/AssetHistory.tsx')).AssetHistory }));

export function AssetSheet({ asset }: { asset: ShownAsset }) {
  const { t } = useWords();
  const park = useParkView();
  const { meaning } = asset;
  // Read as a primitive, because the layout object itself is new with every reconnection.
  const sharesAt = useMirror(() => mirror.layout?.assets.get(asset.id)?.shares ?? -1);
  const isPublic = useHidden('figures:read');
  const knows = useMirror(() => !Number.isNaN(valueAt(mirror.layout?.assets.get(asset.id)?.intensity)));
  const stories = park.metadata.stories.filter((story) => story.asset === asset.id);
  return (
    <>
      {asset.ports.length > 0 || knows ? <Headline asset={asset} /> : null}
      {isPublic ? null : <Follow asset={asset} />}
      {isPublic && asset.ports.length > 0 ? <p className="note">{t('inspector.notPublic')}</p> : null}
      {asset.ports.length > 0 ? (
        <>
          <SheetPart
            title={t(meaning === 'stored' ? 'inspector.mixStored' : meaning === 'output' ? 'inspector.mixGiven' : 'inspector.mix')}
          >
            <SourceMix start={sharesAt} />
          </SheetPart>
          <SheetPart title={t('inspector.ports')}>
            <Ports asset={asset} isPublic={isPublic} />
          </SheetPart>
        </>
      ) : null}
      {isPublic ? null : <Emissions asset={asset} />}
      {isPublic || asset.ports.length === 0 ? null : (
        <SheetPart title={t('charts.series.part')}>
          <Suspense fallback={<p className="note">{t('charts.loading')}</p>}>
            <AssetHistory park={park} asset={asset} />
          </Suspense>
        </SheetPart>
      )}
      {stories.map((story) => (
        <SheetPart key={story.id} title={t('inspector.story')}>
          <h4 className="story-title">
            <StoryText story={story} of={story.title} />
          </h4>
          <p>
            <StoryText story={story} of={story.body} />
          </p>
        </SheetPart>
      ))}
      <Points asset={asset} />
      <Neighbours asset={asset} />
      <Facts asset={asset} />
      <Assumptions asset={asset} />
    </>
  );
}
