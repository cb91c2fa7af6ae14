/** Says why there are no figures with life-cycle factors: it names what has no such factor. Empty if there are figures. */
import type { LedgerAnswer } from '../../../models/api/ledger.ts';
import type { Text } from '../../../models/park/park.ts';
import { carrierOf } from '../../../models/units.ts';
import { useWords } from '../../locales/use-words.ts';

/** At most this many are named; the others are counted. */
const mostNamed = 4;

/** `names`: names of the park's assets, if they are known. */
export function LackingNote({ ledger, names }: { ledger: Pick<LedgerAnswer, 'lacking'>; names?: ReadonlyMap<string, Text> }) {
  const { t, text, number } = useWords();
  const { lacking } = ledger;
  if (lacking === null || lacking === undefined) return null;
  const of = (asset: string) => {
    const name = names?.get(asset);
    return name ? text(name) : asset;
  };
  const what = [
    ...lacking.sources.map(({ asset, port }) => `${of(asset)} (${t(`carrier.${carrierOf(port)}`)})`),
    ...lacking.fallback.map((carrier) => t('report.lacking.lastResort', { carrier: t(`carrier.${carrier}`) })),
  ];
  const list = what.slice(0, mostNamed).join(t('report.lacking.comma'));
  const more = what.length - mostNamed;
  return (
    <p className="lacking-note muted">
      {what.length === 0
        ? t('report.lacking.unstated')
        : more > 0
          ? t('report.lacking.more', { list, count: number(more, undefined, 0) })
          : t('report.lacking.some', { list })}
    </p>
  );
}
