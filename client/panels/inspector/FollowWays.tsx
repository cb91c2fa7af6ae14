/** The ends of the followed flow, largest first, each with the path to it as steps that can be selected. */

import { hover } from '../../live/choices.ts';
import { choose } from '../../live/open-sheet.ts';
import { useWords } from '../../locales/use-words.ts';
import { useParkView } from '../values/use-park-view.ts';
import type { End } from './follow-ends.ts';

/** A path that carries at least this part of its end is shown without "mainly". */
const nearlyAll = 0.97;

export function FollowWays({ ends, subject, up }: { ends: readonly End[]; subject: string; up: boolean }) {
  const { t, percent, power, intensity } = useWords();
  const most = ends[0]?.share ?? 1;
  return (
    <ol className="follow-ways" aria-label={t(up ? 'follow.titleUp' : 'follow.titleDown')}>
      {ends.map((end) => {
        const kW = power(end.power_kW);
        const g = intensity(end.intensity_gPerKwh);
        return (
          <li key={end.key} onPointerEnter={() => hover(end.asset)} onPointerLeave={() => hover(null)}>
            <div className="follow-end">
              <b className="num">{percent(end.percent)}</b>
              <button type="button" className="text-button" onClick={() => choose(end.asset)}>
                {end.name}
              </button>
              <span className="muted num">
                {kW.value} {kW.unit}
                {Number.isNaN(end.intensity_gPerKwh) ? '' : ` · ${g.value} g`}
              </span>
            </div>
            <div className="follow-bar" aria-hidden="true">
              <span
                style={{ width: `${(100 * end.share) / most}%`, backgroundColor: `var(${end.kind ? `--source-${end.kind}` : '--accent'})` }}
              />
            </div>
            {end.note === '' ? null : <div className="note">{end.note}</div>}
            {end.path.length > 1 ? <Steps end={end} subject={subject} up={up} /> : null}
          </li>
        );
      })}
    </ol>
  );
}

/** Grid → Substation → Feeder 3 → here. A line without a name of its own is the arrow between its ends. */
function Steps({ end, subject, up }: { end: End; subject: string; up: boolean }) {
  const { t, text } = useWords();
  const { assets, lines } = useParkView();
  const steps = end.path.flatMap((id) => {
    const asset = assets.find((one) => one.id === id);
    if (asset) return [{ id, name: text(asset.name) }];
    const name = lines.find((one) => one.id === id)?.name;
    return name ? [{ id, name: text(name) }] : [];
  });
  const [first, last] = up ? [end.asset, subject] : [subject, end.asset];
  const between = steps.filter(({ id }, i) => !(i === 0 && id === first) && !(i === steps.length - 1 && id === last));
  const here = <li>{t('follow.here')}</li>;
  return (
    <ol className="follow-steps note" aria-label={t('follow.path', { from: up ? end.name : t('follow.here') })}>
      {up ? null : here}
      {end.part < nearlyAll && between.length > 0 ? <li className="mainly">{t('follow.mainly')}</li> : null}
      {between.map(({ id, name }) => (
        <li key={id}>
          <button type="button" className="text-button" onClick={() => choose(id)} onFocus={() => hover(id)} onBlur={() => hover(null)}>
            {name}
          </button>
        </li>
      ))}
      {up ? here : <li>{end.name}</li>}
    </ol>
  );
}
