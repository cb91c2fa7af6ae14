/** The three facts of a number in words: origin, and validity and freshness where they are not the good ones. */
import { type Quality, unpackQuality } from '../../../models/quality.ts';
import { mirror, valueAt } from '../../live/mirror.ts';
import { useWords } from '../../locales/use-words.ts';
import { useSlot } from './use-mirror.ts';

/** Words that matter; a good, fresh value only tells where it comes from. */
export function qualityWords({ origin, validity, freshness }: Quality): {
  origin: Quality['origin'];
  validity: Quality['validity'] | null;
  freshness: Quality['freshness'] | null;
} {
  return { origin, validity: validity === 'good' ? null : validity, freshness: freshness === 'fresh' ? null : freshness };
}

export function QualityText({ slot }: { slot: number | undefined }) {
  const { t } = useWords();
  const code = useSlot(slot);
  if (Number.isNaN(code)) return <span className="muted">{t('unknown')}</span>;
  const { origin, validity, freshness } = qualityWords(unpackQuality(code));
  return (
    <span className="quality">
      <span className="muted">{t(`origin.${origin}`)}</span>
      {validity ? <span className="doubt">{t(`validity.${validity}`)}</span> : null}
      {freshness ? <span className="doubt">{t(`freshness.${freshness}`)}</span> : null}
    </span>
  );
}

/** Seconds since a value was measured, by the park's clock; NaN when it never was, and for the mean of a past interval. */
export function ageOf(sampled: number | undefined): number {
  return mirror.moment === 'live' ? (mirror.time - mirror.base) / 1000 - valueAt(sampled) : Number.NaN;
}
