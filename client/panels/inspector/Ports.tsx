/** What flows in and out, and how far each number can be trusted. */

import type { ShownAsset } from '../../../models/api/park-view.ts';
import { carrierOf, directionOf, type PortId } from '../../../models/units.ts';
import { mirror, valueAt } from '../../live/mirror.ts';
import { useWords } from '../../locales/use-words.ts';
import { LiveAmount } from '../values/LiveAmount.tsx';
import { ageOf, QualityText } from '../values/QualityText.tsx';
import { useMirror } from '../values/use-mirror.ts';

export function Ports({ asset, isPublic }: { asset: ShownAsset; isPublic: boolean }) {
  return (
    <ul className="ports">
      {asset.ports.map((port) => (
        <PortRow
          key={port}
          asset={asset.id}
          port={port}
          isPublic={isPublic}
          several={asset.ports.filter((p) => directionOf(p) === 'out').length > 1}
        />
      ))}
    </ul>
  );
}

function PortRow({ asset, port, isPublic, several }: { asset: string; port: PortId; isPublic: boolean; several: boolean }) {
  const { t, power, intensity, span } = useWords();
  const slots = () => mirror.layout?.assets.get(asset)?.ports[port];
  const qualitySlot = useMirror(() => slots()?.quality ?? -1);
  const age = useMirror(() => {
    const seconds = ageOf(slots()?.sampled);
    return Number.isNaN(seconds) ? '' : span(seconds);
  });
  const gives = directionOf(port) === 'out';
  return (
    <li>
      <span>
        {t(`carrier.${carrierOf(port)}`)} <span className="muted">{t(`direction.${directionOf(port)}`)}</span>
      </span>
      <span className="port-power">{isPublic ? null : <LiveAmount read={() => power(valueAt(slots()?.power))} />}</span>
      <span className="port-quality">
        <QualityText slot={qualitySlot} />
        {age ? <span className="muted num">{age}</span> : null}
      </span>
      <span className="port-intensity muted">
        {gives && several ? <LiveAmount read={() => intensity(valueAt(slots()?.intensity))} /> : null}
      </span>
    </li>
  );
}
