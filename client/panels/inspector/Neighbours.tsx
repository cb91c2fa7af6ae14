/** Connections of an asset: lines to its neighbours, its host, and the assets that it hosts. A click opens each of them. */
import type { ParkView, ShownAsset } from '../../../models/api/park-view.ts';
import { mirror, valueAt } from '../../live/mirror.ts';
import { choose } from '../../live/open-sheet.ts';
import { useWords } from '../../locales/use-words.ts';
import { SheetPart } from '../../ui/Sheet.tsx';
import { LiveAmount } from '../values/LiveAmount.tsx';
import { useMirror } from '../values/use-mirror.ts';
import { useParkView } from '../values/use-park-view.ts';

/** Lists longer than this are cut, for example the forty feeders of a substation; the number of the others is shown. */
const most = 12;

export function Neighbours({ asset }: { asset: ShownAsset }) {
  const { t, text, number } = useWords();
  const park = useParkView();
  const lines = park.lines.filter((line) => line.from === asset.id || line.to === asset.id);
  const host = park.assets.find((a) => a.id === asset.at);
  const hosted = park.assets.filter((a) => a.at === asset.id);
  if (lines.length === 0 && !host && hosted.length === 0) return null;
  return (
    <SheetPart title={t('inspector.connections')}>
      <ul className="rows">
        {host ? (
          <li className="row">
            <span className="muted">{t('inspector.at')}</span>
            <button type="button" className="text-button" onClick={() => choose(host.id)}>
              {text(host.name)}
            </button>
          </li>
        ) : null}
        {hosted.map((one) => (
          <li className="row" key={one.id}>
            <span className="muted">{t('inspector.hosts')}</span>
            <button type="button" className="text-button" onClick={() => choose(one.id)}>
              {text(one.name)}
            </button>
          </li>
        ))}
        {lines.slice(0, most).map((line) => (
          <LineRow key={line.id} line={line} asset={asset.id} />
        ))}
      </ul>
      {lines.length > most ? (
        <p className="note">{t('about.moreWarnings', { count: lines.length - most, formatted: number(lines.length) })}</p>
      ) : null}
    </SheetPart>
  );
}

function LineRow({ line, asset }: { line: ParkView['lines'][number]; asset: string }) {
  const { t, text, power } = useWords();
  const park = useParkView();
  const other = line.from === asset ? line.to : line.from;
  const name = park.assets.find((a) => a.id === other)?.name ?? { en: other };
  const read = () => valueAt(mirror.layout?.lines.get(line.id)?.power);
  // Positive power flows from `from` to `to`; the arrow is drawn as seen from this asset.
  const arrow = useMirror(() => {
    const flow = read() * (line.from === asset ? 1 : -1);
    if (Number.isNaN(flow) || Math.abs(flow) < 0.05) return '·';
    return flow > 0 ? '→' : '←';
  });
  return (
    <li className="row">
      <button type="button" className="text-button" onClick={() => choose(line.id)}>
        {t(`carrier.${line.carrier}`)} <span aria-hidden="true">{arrow}</span> {text(name)}
      </button>
      <LiveAmount
        read={() => {
          const flow = read();
          return Number.isNaN(flow) ? { value: '', unit: '' } : power(Math.abs(flow));
        }}
      />
    </li>
  );
}
