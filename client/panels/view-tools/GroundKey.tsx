/** What the colours of the lines in the ground mean. */
import { carriers } from '../../../models/carriers.ts';
import { useChoices } from '../../live/choices.ts';
import { useWords } from '../../locales/use-words.ts';
import { IconButton } from '../../ui/Icon.tsx';
import { useParkView } from '../values/use-park-view.ts';

export function GroundKey() {
  const { t } = useWords();
  const park = useParkView();
  const underground = useChoices((view) => view.underground && !view.plan);
  const shown = useChoices((view) => view.carriers);
  if (!underground) return null;
  const present = carriers.filter((carrier) =>
    park.lines.some((line) => line.carrier === carrier && line.geometry && !line.overhead && shown[carrier] !== false),
  );
  return (
    <section className="ground-key" aria-label={t('look.ground.title')}>
      <h2>
        <span role="status">{t('look.ground.title')}</span>
      </h2>
      <ul>
        {present.map((carrier) => (
          <li key={carrier}>
            <span className="ground-swatch" style={{ background: `var(--carrier-${carrier})` }} />
            {t(`carrier.${carrier}`)}
          </li>
        ))}
      </ul>
      <IconButton icon="close" label={t('look.ground.close')} onClick={() => useChoices.setState({ underground: false })} />
      <p className="note">{t(present.length > 0 ? 'look.ground.note' : 'look.ground.none')}</p>
    </section>
  );
}
