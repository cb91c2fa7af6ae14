/** Shows which part is isolated, its totals, and a button to show everything again. */
import type { Carrier } from '../../../models/carriers.ts';
import type { Only } from '../../live/choices.ts';
import { useChoices } from '../../live/choices.ts';
import { isolate } from '../../live/isolate.ts';
import { type LitTotals, litTotals } from '../../live/lit-totals.ts';
import { mirror } from '../../live/mirror.ts';
import { useWords } from '../../locales/use-words.ts';
import { IconButton } from '../../ui/Icon.tsx';
import { LiveAmount } from '../values/LiveAmount.tsx';
import { useMirror } from '../values/use-mirror.ts';
import { useParkView } from '../values/use-park-view.ts';
import { useGroupName } from './use-group-name.ts';

export function OnlyBar() {
  const only = useChoices((view) => view.only);
  return only ? <Bar only={only} /> : null;
}

function Bar({ only }: { only: Only }) {
  const { t, power, emissionRate } = useWords();
  const park = useParkView();
  const nameOf = useGroupName();
  const count = useChoices((view) => (view.lit ? park.assets.filter((a) => view.lit?.has(a.id)).length : 0));
  const carrier = only.by === 'carrier' ? (only.value as Carrier) : 'electricity';
  const totals = (): LitTotals | null => {
    const { lit } = useChoices.getState();
    return lit && mirror.layout ? litTotals(park.assets, lit, mirror.layout, mirror.values, carrier) : null;
  };
  // For a part isolated by carrier, only the carbon of that carrier is shown beside its power.
  const carbon = only.by === 'carrier' ? 'ofCarrier_kgPerH' : 'attributed_kgPerH';
  const knows = (what: 'taken_kW' | 'given_kW' | typeof carbon) => !Number.isNaN(totals()?.[what] ?? Number.NaN);
  const taken = useMirror(() => knows('taken_kW'));
  const given = useMirror(() => knows('given_kW'));
  const attributed = useMirror(() => knows(carbon));
  const unknown = useMirror(() => totals()?.unknown ?? 0);
  return (
    <section className="only-bar" aria-label={t('look.only.label', { name: nameOf(only) })}>
      <h2>
        <span role="status">{t('look.only.label', { name: nameOf(only) })}</span>
      </h2>
      <dl>
        <div>
          <dd className="num">{t('look.only.assets', { count })}</dd>
        </div>
        {taken ? (
          <div>
            <dt>{t('look.only.taken', { carrier: t(`carrier.${carrier}`) })}</dt>
            <dd>
              <LiveAmount read={() => power(totals()?.taken_kW ?? Number.NaN)} />
            </dd>
          </div>
        ) : null}
        {given ? (
          <div>
            <dt>{t('look.only.given', { carrier: t(`carrier.${carrier}`) })}</dt>
            <dd>
              <LiveAmount read={() => power(totals()?.given_kW ?? Number.NaN)} />
            </dd>
          </div>
        ) : null}
        {attributed ? (
          <div>
            <dt>{only.by === 'carrier' ? t('look.only.ofCarrier', { carrier: t(`carrier.${carrier}`) }) : t('look.only.attributed')}</dt>
            <dd>
              <LiveAmount read={() => emissionRate(totals()?.[carbon] ?? Number.NaN)} />
            </dd>
          </div>
        ) : null}
        {(taken || given) && unknown > 0 ? (
          <div>
            <dd className="muted num">{t('look.only.unknown', { count: unknown })}</dd>
          </div>
        ) : null}
      </dl>
      <IconButton icon="close" label={t('look.only.clear')} onClick={() => isolate(null)} />
    </section>
  );
}
