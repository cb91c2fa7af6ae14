/** Shows why there is no park to see, and a button to try again. */
import type { PageTrouble } from '../live/park.ts';
import { useWords } from '../locales/use-words.ts';
import { Message } from '../ui/Message.tsx';

export function TroubleMessage({ trouble, onRetry }: { trouble: PageTrouble; onRetry: () => void }) {
  const { t } = useWords();
  return (
    <Message mark={t('product')} title={t(`error.${trouble}`)} body={t(`error.${trouble}Body`)}>
      {trouble === 'notFound' ? (
        <a className="button primary" href="/">
          {t('error.home')}
        </a>
      ) : (
        <button type="button" className="button primary" onClick={onRetry}>
          {t('error.retry')}
        </button>
      )}
    </Message>
  );
}
