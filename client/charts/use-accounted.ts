/** The text "as accounted": until when the ledger has figures, and of which edition they are. */
import type { FactorSet } from '../../models/park/park.ts';
import type { LedgerInfo } from '../live/moment.ts';
import { useWords } from '../locales/use-words.ts';
import { labelsIn } from './labels.ts';
import type { Period } from './period.ts';

export function useAccounted(ledger: LedgerInfo, set: FactorSet, timeZone: string): string {
  const { t, language } = useWords();
  if (ledger.until === null) return t('charts.notAccounted');
  const edition = ledger.editions.filter((one) => one.set === set).at(-1);
  const date = labelsIn(language, timeZone).stamp(ledger.until);
  const base = edition ? t('charts.accountedEdition', { date, edition: edition.id }) : t('charts.accounted', { date });
  return [base, t(`charts.set.${set}`), ...(ledger.simulated ? [t('charts.simulated')] : [])].join(' · ');
}

/** A text that changes when the figures of a period may have changed: while it grows, and when the past was accounted again. */
export function standOf({ version, until }: LedgerInfo, { to }: Period): string {
  return `${version} ${Math.min(until ?? Number.NEGATIVE_INFINITY, to)}`;
}
