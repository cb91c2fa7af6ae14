/** The park in five numbers. */
import type { ReactNode } from 'react';
import type { Totals as ParkTotals } from '../../../models/carbon/step.ts';
import { scales } from '../../../models/colour.ts';
import { total } from '../../live/mirror.ts';
import { openSheet } from '../../live/open-sheet.ts';
import type { Amount } from '../../locales/formats.ts';
import { useWords } from '../../locales/use-words.ts';
import { LiveAmount, LiveText } from '../values/LiveAmount.tsx';
import { useRenewableWords } from '../values/RenewableNote.tsx';
import { LiveSwatch } from '../values/Swatch.tsx';
import { useMirror } from '../values/use-mirror.ts';

function Tile({ name, label, hint, read, before, after }: TileProps) {
  return (
    <li className="tile" title={hint} data-total={name}>
      <span className="tile-label">{label}</span>
      <span className="tile-value">
        {before}
        <LiveAmount read={read} />
        {after}
      </span>
    </li>
  );
}

interface TileProps {
  name: keyof ParkTotals;
  label: string;
  hint: string;
  read: () => Amount;
  before?: ReactNode;
  after?: ReactNode;
}

export function Totals() {
  const { t, power, intensity, emissionRate } = useWords();
  return (
    <ul className="totals" aria-label={t('header.totals')}>
      <Tile
        name="import_kW"
        label={t('header.import')}
        hint={t('header.importHint')}
        read={() => power(total('import_kW'))}
        after={<Export />}
      />
      <Tile name="onsite_kW" label={t('header.onsite')} hint={t('header.onsiteHint')} read={() => power(total('onsite_kW'))} />
      <Renewable />
      <Tile
        name="intensity_gPerKwh"
        label={t('header.intensity')}
        hint={t('header.intensityHint')}
        before={<LiveSwatch scale={scales.intensity} read={() => total('intensity_gPerKwh')} size={12} />}
        read={() => intensity(total('intensity_gPerKwh'))}
      />
      <li>
        <button
          type="button"
          className="tile"
          title={t('header.emissionsHint')}
          data-total="attributed_kgPerH"
          onClick={() => openSheet('balance')}
        >
          <span className="tile-label">{t('header.emissions')}</span>
          <span className="tile-value">
            <LiveAmount read={() => emissionRate(total('attributed_kgPerH'))} />
          </span>
        </button>
      </li>
    </ul>
  );
}

/** The renewable share. What it is made of is in its tooltip, and in the balance that a click opens. */
function Renewable() {
  const { t, share } = useWords();
  const parts = useRenewableWords();
  return (
    <li>
      <button
        type="button"
        className="tile"
        title={[t('header.renewableHint'), parts].filter(Boolean).join('\n')}
        data-total="renewableShare"
        onClick={() => openSheet('balance')}
      >
        <span className="tile-label">{t('header.renewable')}</span>
        <span className="tile-value">
          <LiveAmount read={() => ({ value: share(total('renewableShare')), unit: '' })} />
        </span>
      </button>
    </li>
  );
}

/** Shown only while the park exports: a permanent "0 kW" would distract. */
function Export() {
  const { t, power } = useWords();
  const exporting = useMirror(() => total('export_kW') >= 0.5);
  if (!exporting) return null;
  return (
    <span className="tile-after">
      <LiveText
        read={() => {
          const { value, unit } = power(total('export_kW'));
          return t('header.export', { power: `${value} ${unit}` });
        }}
      />
    </span>
  );
}
