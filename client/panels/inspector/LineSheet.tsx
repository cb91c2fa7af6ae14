/** One line: what flows through it, from where to where. */

import type { ParkView } from '../../../models/api/park-view.ts';
import { intensityScales } from '../../../models/colour.ts';
import { mirror, valueAt } from '../../live/mirror.ts';
import { choose } from '../../live/open-sheet.ts';
import { useWords } from '../../locales/use-words.ts';
import { SheetPart } from '../../ui/Sheet.tsx';
import { LiveAmount } from '../values/LiveAmount.tsx';
import { LiveSwatch } from '../values/Swatch.tsx';
import { useHidden, useMirror } from '../values/use-mirror.ts';
import { useParkView } from '../values/use-park-view.ts';
import { WhenShown } from '../values/WhenShown.tsx';
import { FollowedElsewhere } from './FollowedElsewhere.tsx';

export function LineSheet({ line }: { line: ParkView['lines'][number] }) {
  const { t, text, intensity, power, number, share } = useWords();
  const park = useParkView();
  const slots = () => mirror.layout?.lines.get(line.id);
  const read = () => valueAt(slots()?.intensity);
  const scale = intensityScales[line.scale];
  const modelled = useMirror(() => valueAt(slots()?.modelled) === 1);
  const backwards = useMirror(() => valueAt(slots()?.power) < -0.05);
  const isPublic = useHidden('figures:read');
  const end = (id: string) => (
    <button type="button" className="text-button" onClick={() => choose(id)}>
      {text(park.assets.find((a) => a.id === id)?.name ?? { en: id })}
    </button>
  );
  const remarks = [
    line.open ? t('inspector.open') : null,
    line.implied ? t('inspector.implied') : null,
    modelled ? t('inspector.modelledFlow') : null,
    isPublic ? t('inspector.notPublic') : null,
  ].filter((remark) => remark !== null);
  const capacity = line.capacity_kW === undefined ? null : power(line.capacity_kW);
  return (
    <>
      <div className="headline">
        <div className="headline-number" data-headline={line.id}>
          <LiveSwatch scale={scale} read={read} size={36} />
          <LiveAmount read={() => intensity(read())} />
        </div>
        <WhenShown />
        <p className="note">{t('inspector.meaning.line')}</p>
      </div>
      <FollowedElsewhere />
      <SheetPart title={t('inspector.facts')}>
        <dl className="rows">
          {isPublic ? null : (
            <div className="row">
              <dt className="muted">{t('inspector.power')}</dt>
              <dd>
                <LiveAmount read={() => power(Math.abs(valueAt(slots()?.power)))} />
                {backwards ? <span className="muted"> ({t('inspector.against')})</span> : null}
              </dd>
            </div>
          )}
          <div className="row">
            <dt className="line-ends">
              {end(line.from)} <span aria-hidden="true">{backwards ? '←' : '→'}</span> {end(line.to)}
            </dt>
            <dd className="num">{line.length_m > 0 ? number(line.length_m, 'm', 0) : ''}</dd>
          </div>
          <div className="row">
            <dt className="muted">{t('inspector.loss')}</dt>
            <dd className="num">{share(line.loss)}</dd>
          </div>
          {capacity ? (
            <div className="row">
              <dt className="muted">{t('inspector.nameplate')}</dt>
              <dd className="num">{`${capacity.value} ${capacity.unit}`}</dd>
            </div>
          ) : null}
        </dl>
        {remarks.map((remark) => (
          <p key={remark} className="note">
            {remark}
          </p>
        ))}
      </SheetPart>
    </>
  );
}
