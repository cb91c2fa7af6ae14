/** The carbon identity of METHODS 1 as two lists: the carbon that enters, and where the same carbon is found again. */
import type { Totals as ParkTotals } from '../../../models/carbon/step.ts';
import { mirror, total } from '../../live/mirror.ts';
import { closeSheet } from '../../live/open-sheet.ts';
import { useWords } from '../../locales/use-words.ts';
import { Sheet, SheetPart } from '../../ui/Sheet.tsx';
import { LiveAmount } from '../values/LiveAmount.tsx';
import { RenewableNote } from '../values/RenewableNote.tsx';
import { SourceMix } from '../values/SourceMix.tsx';
import { useMirror } from '../values/use-mirror.ts';
import { WhenShown } from '../values/WhenShown.tsx';

type Term = Extract<keyof ParkTotals, `${string}_kgPerH`>;
const enters = ['stack_kgPerH', 'imported_kgPerH', 'otherInjected_kgPerH'] as const satisfies readonly Term[];
const found = [
  'attributed_kgPerH',
  'unmetered_kgPerH',
  'exported_kgPerH',
  'storageChange_kgPerH',
  'losses_kgPerH',
] as const satisfies readonly Term[];

/** Sum of terms; NaN (unknown) if one of them is. */
export function sideTotal(terms: readonly Term[], read: (term: Term) => number): number {
  return terms.reduce((sum, term) => sum + read(term), 0);
}

export function Balance() {
  const { t, emissionRate, share } = useWords();
  const mixAt = useMirror(() => mirror.layout?.parkShares ?? -1);
  const isLive = useMirror(() => mirror.moment === 'live');
  const gap = useMirror(() => {
    const difference = sideTotal(enters, total) - sideTotal(found, total);
    const { value, unit } = emissionRate(Math.abs(difference) < 0.5 ? 0 * difference : difference);
    return `${value} ${unit}`;
  });
  const side = (title: string, terms: readonly Term[]) => (
    <SheetPart title={title}>
      <dl className="rows">
        {terms.map((term) => (
          <div className="row" key={term} data-total={term}>
            <dt>{t(`balance.${term.replace('_kgPerH', '') as 'stack'}`)}</dt>
            <dd>
              <LiveAmount read={() => emissionRate(total(term))} />
            </dd>
          </div>
        ))}
        <div className="row sum">
          <dt>{t('balance.sum')}</dt>
          <dd>
            <LiveAmount read={() => emissionRate(sideTotal(terms, total))} />
          </dd>
        </div>
      </dl>
    </SheetPart>
  );
  return (
    <Sheet title={t('balance.title')} onClose={closeSheet} closeLabel={t('inspector.close')}>
      <WhenShown />
      <p className="lead">{t('balance.explain')}</p>
      {side(t('balance.enters'), enters)}
      {side(t('balance.found'), found)}
      <p className="note">{t('balance.gap', { value: gap })}</p>
      <SheetPart title={t('balance.mix')}>
        <SourceMix start={mixAt} />
        <p className="row">
          {t('header.renewable')}
          <LiveAmount read={() => ({ value: share(total('renewableShare')), unit: '' })} />
        </p>
        <RenewableNote />
      </SheetPart>
      {isLive ? <p className="note">{t('about.preliminary')}</p> : null}
    </Sheet>
  );
}
