/** The points behind the numbers: what is measured, how, how often, how long ago. */
import type { PointDescription } from '../../../models/api/park-document.ts';
import type { ShownAsset } from '../../../models/api/park-view.ts';
import { mirror } from '../../live/mirror.ts';
import { useWords } from '../../locales/use-words.ts';
import { SheetPart } from '../../ui/Sheet.tsx';
import { ageOf, QualityText } from '../values/QualityText.tsx';
import { useMirror } from '../values/use-mirror.ts';
import { useParkView } from '../values/use-park-view.ts';

export function Points({ asset }: { asset: ShownAsset }) {
  const { t } = useWords();
  const points = useParkView().points.filter((point) => point.asset === asset.id);
  if (asset.ports.length === 0 && points.length === 0) return null;
  return (
    <SheetPart title={t('inspector.points')}>
      {points.length === 0 ? <p className="note">{t('inspector.noPoints')}</p> : null}
      <ul className="points">
        {points.map((point) => (
          <PointRow key={point.id} point={point} asset={asset.id} />
        ))}
      </ul>
    </SheetPart>
  );
}

function PointRow({ point, asset }: { point: PointDescription; asset: string }) {
  const { t, text, span, unitName } = useWords();
  const slots = () => (point.port ? mirror.layout?.assets.get(asset)?.ports[point.port] : undefined);
  const qualitySlot = useMirror(() => slots()?.quality ?? -1);
  const age = useMirror(() => {
    const seconds = ageOf(slots()?.sampled);
    return Number.isNaN(seconds) ? '' : span(seconds);
  });
  const what = [t(`quantity.${point.quantity}`), unitName(point.unit)].filter(Boolean).join(' ');
  return (
    <li>
      <span className="point-name">{point.name ? text(point.name) : point.id}</span>
      <span className="muted num">{age}</span>
      <span className="muted point-how">
        {[what, t(`how.${point.how}`), t('inspector.every', { time: span(point.cadence_s) })].join(' · ')}
      </span>
      <span className="point-quality">
        {qualitySlot >= 0 ? <QualityText slot={qualitySlot} /> : <span className="muted">{t(`origin.${point.origin}`)}</span>}
      </span>
      {point.note ? <span className="note point-how">{text(point.note)}</span> : null}
    </li>
  );
}
