/** An emission factor in words: name, value, set, source, and whether it was checked. */
import type { Factor } from '../../../models/park/park.ts';
import { useWords } from '../../locales/use-words.ts';

export function FactorText({ factor, estimated }: { factor: Factor; estimated: boolean }) {
  const { t, text, number } = useWords();
  const remarks = [
    t(factor.set === 'lifecycle' ? 'inspector.lifecycle' : 'inspector.direct'),
    factor.hourly ? t('inspector.factorModelled') : null,
    estimated ? t('inspector.factorEstimated') : null,
  ].filter((remark) => remark !== null);
  return (
    <>
      <span className="factor">
        {t('inspector.factor', { name: text(factor.name), value: number(factor.value, t('units.intensity'), 1) })}
      </span>
      {` (${remarks.join(', ')}). ${t('inspector.factorSource', { source: factor.source })} `}
      <span className={factor.verified ? '' : 'doubt'}>({t(factor.verified ? 'inspector.verified' : 'inspector.unverified')})</span>
    </>
  );
}
