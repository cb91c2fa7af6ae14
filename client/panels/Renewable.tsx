/** What the park's renewable share is made of, in one sentence: wherever the share stands, this stands by it. */
import { mirror } from '../live/mirror.ts';
import { renewableParts } from '../live/mix.ts';
import { useWords } from '../locales/use-words.ts';
import { useMirror } from './use-slot.ts';

/** Empty while it is not known. */
export function useRenewableWords(): string {
  const { t, share } = useWords();
  return useMirror(() => {
    const parts = mirror.layout ? renewableParts(mirror.layout, mirror.values) : null;
    // A share that rounds to nothing has no parts to name.
    if (parts === null || parts.all === 0) return '';
    return t('header.renewableParts', { own: share(parts.own / 100), bought: share(parts.bought / 100) });
  });
}

export function RenewableNote() {
  const words = useRenewableWords();
  return words === '' ? null : <p className="note num renewable-note">{words}</p>;
}
