/** One asset in the table. Its name is a button whose click area is the whole row. */
import { marksIn, outside } from '../../../models/telemetry/marks.ts';
import { hover } from '../../live/choices.ts';
import { markOf, marksNow } from '../../live/marks-now.ts';
import { mirror, valueAt } from '../../live/mirror.ts';
import { useWords } from '../../locales/use-words.ts';
import { LiveAmount } from '../values/LiveAmount.tsx';
import { LiveSwatch } from '../values/Swatch.tsx';
import { metricNow, useMirror } from '../values/use-mirror.ts';
import type { Row } from './rows.ts';
import { emissionsOf } from './rows.ts';

const emissionFigures = ['attributed', 'stack'] as const;

export function TableRow({
  row,
  index,
  isActive,
  isSelected,
  isPublic,
  onChoose,
}: {
  row: Row;
  index: number;
  isActive: boolean;
  isSelected: boolean;
  isPublic: boolean;
  onChoose: () => void;
}) {
  const { t, power, intensity, emissionRate } = useWords();
  const { id } = row.asset;
  const read = () => valueAt(mirror.layout?.assets.get(id)?.intensity);
  const view = () => metricNow('intensity');
  const mark = useMirror(() => {
    const now = view();
    return now && mirror.layout ? markOf(now, mirror.layout, id) : 'missing';
  });
  const set = useMirror(() => marksNow()?.of.get(id) ?? 0);
  const quality =
    set === outside
      ? t('mark.unmetered')
      : marksIn(set)
          .map((one) => t(`mark.${one}`))
          .join(' · ');
  const scale = view()?.scaleOf(id);
  return (
    <tr
      data-row={index}
      data-asset={id}
      aria-rowindex={index + 2}
      className={isSelected ? 'selected' : ''}
      onPointerEnter={() => hover(id)}
      onPointerLeave={() => hover(null)}
    >
      <th scope="row" className="col-name">
        <button type="button" tabIndex={isActive ? 0 : -1} aria-pressed={isSelected} onClick={onChoose} title={row.name}>
          {row.name}
        </button>
      </th>
      <td className="col-kind muted">{row.kind}</td>
      {isPublic ? null : (
        <td className="col-power">
          <LiveAmount read={() => power(metricNow('power')?.valueOf(id) ?? Number.NaN)} />
        </td>
      )}
      <td className="col-intensity">
        {scale && mark !== 'unmetered' ? <LiveSwatch scale={scale} read={read} mark={() => mark} /> : null}
        <LiveAmount read={() => ({ value: intensity(read()).value, unit: '' })} />
      </td>
      {isPublic
        ? null
        : emissionFigures.map((figure) => (
            <td key={figure} className={`col-${figure}`}>
              {row.asset.emissions === figure ? (
                <LiveAmount
                  read={() => {
                    const { value, unit } = emissionRate(emissionsOf(row.asset, figure));
                    // Without "CO₂e" in the unit: the column is about emissions, so every row would repeat it.
                    return { value, unit: unit.replace('CO₂e', '') };
                  }}
                />
              ) : null}
            </td>
          ))}
      <td className="col-quality muted" title={quality}>
        {quality}
      </td>
    </tr>
  );
}
