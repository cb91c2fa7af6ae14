/** The quality of a number in words: its origin, and its validity and freshness if they are not good and fresh. */
import { type Quality, unpackQuality } from '../../../models/quality.ts';
import { mirror, valueAt } from '../../live/mirror.ts';
import { useWords } from '../../locales/use-words.ts';
import { useSlot } from './use-mirror.ts';

/** The parts of a quality to show; for a good, fresh value only its origin. */
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

/** Seconds since a value was measured, by the park's clock; NaN if it was never measured, and for past intervals (means). */
export function ageOf(sampled: number | undefined): number {
  return mirror.moment === 'live' ? (mirror.time - mirror.base) / 1000 - valueAt(sampled) : Number.NaN;
}
