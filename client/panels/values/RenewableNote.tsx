/** One sentence on what the park's renewable share is made of; shown wherever the share is shown. */
import { mirror } from '../../live/mirror.ts';
import { renewableParts } from '../../live/mix.ts';
import { useWords } from '../../locales/use-words.ts';
import { useMirror } from './use-mirror.ts';

/** Empty while it is not known. */
export function useRenewableWords(): string {
  const { t, share } = useWords();
  return useMirror(() => {
    const parts = mirror.layout ? renewableParts(mirror.layout, mirror.values) : null;
    // A share that rounds to 0 % has no parts to name.
    if (parts === null || parts.all === 0) return '';
    const own = parts.own.map(({ kind, percent }) => `${share(percent / 100)} ${t(`source.${kind}`)}`);
    const said = [...own, t('header.renewableBought', { share: share(parts.bought / 100) })].join(t('header.renewableAnd'));
    return t('header.renewableParts', { parts: said });
  });
}

export function RenewableNote() {
  const words = useRenewableWords();
  return words === '' ? null : <p className="note num renewable-note">{words}</p>;
}
