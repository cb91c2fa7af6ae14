/** The number that colours the asset, large, beside its exact colour, with what it means here. */

import type { ShownAsset } from '../../../models/api/park-view.ts';
import { intensityScales } from '../../../models/colour.ts';
import { marksIn } from '../../../models/telemetry/marks.ts';
import { markOf, marksNow } from '../../live/marks-now.ts';
import { mirror, valueAt } from '../../live/mirror.ts';
import { useWords } from '../../locales/use-words.ts';
import { LiveAmount } from '../values/LiveAmount.tsx';
import { LiveSwatch } from '../values/Swatch.tsx';
import { metricNow, useMirror } from '../values/use-mirror.ts';
import { WhenShown } from '../values/WhenShown.tsx';

export function Headline({ asset }: { asset: ShownAsset }) {
  const { t, intensity, share, energy } = useWords();
  const slots = () => mirror.layout?.assets.get(asset.id);
  const read = () => valueAt(slots()?.intensity);
  const mark = () => {
    const view = metricNow('intensity');
    return view && mirror.layout ? markOf(view, mirror.layout, asset.id) : 'missing';
  };
  const scale = intensityScales[asset.scale];
  const set = useMirror(() => marksNow()?.of.get(asset.id) ?? 0);
  const estimated = useMirror(() => {
    const part = valueAt(slots()?.estimatedShare);
    return part >= 0.005 ? share(part) : '';
  });
  const level = useMirror(() => Math.round(100 * valueAt(slots()?.level)) / 100);
  const capacity = energy(asset.storage?.capacity_kWh ?? Number.NaN);
  return (
    <div className="headline">
      <div className="headline-number" data-headline={asset.id}>
        <LiveSwatch scale={scale} read={read} mark={mark} size={36} />
        <LiveAmount read={() => intensity(read())} />
      </div>
      <WhenShown />
      <p className="note">{t(`inspector.meaning.${asset.meaning}`)}</p>
      {marksIn(set).map((one) => (
        <p key={one} className={one === 'idle' ? 'note' : 'note doubt'}>
          {t(`markHint.${one}`)}
          {one === 'estimated' && estimated ? `: ${t('inspector.estimatedShare', { share: estimated })}` : ''}
        </p>
      ))}
      {asset.storage && !Number.isNaN(level) ? (
        <div className="level">
          <div className="level-bar" aria-hidden="true">
            <span style={{ width: `${100 * Math.min(1, Math.max(0, level))}%` }} />
          </div>
          <span>
            {t('inspector.level')} <b className="num">{share(level)}</b>{' '}
            <span className="muted num">
              {t('inspector.capacity')} {`${capacity.value} ${capacity.unit}`}
            </span>
          </span>
        </div>
      ) : null}
    </div>
  );
}
