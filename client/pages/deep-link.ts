/** Writes into the address what is on the screen, so that a copied link shows the same. */
import i18next from 'i18next';
import { writeLink } from '../live/address.ts';
import { useChoices } from '../live/choices.ts';

/** A moment that stays unchanged for this long is written into the address. */
const settled_ms = 400;

/** Keeps the address in step without an entry in the browser's history for every click; returns a function that stops it. */
export function followView(): () => void {
  let due: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    clearTimeout(due);
    const view = useChoices.getState();
    const search = writeLink(location.search, { ...view, plan: view.plan && view.webgl }, i18next.language);
    if (search !== location.search) history.replaceState(null, '', location.pathname + search);
  };
  write();
  i18next.on('languageChanged', write);
  const stop = useChoices.subscribe((view, before) => {
    // Browsers refuse too many changes of the address, such as one for every step of a drag.
    if (view.moment === before.moment) write();
    else {
      clearTimeout(due);
      due = setTimeout(write, settled_ms);
    }
  });
  return () => {
    stop();
    clearTimeout(due);
    i18next.off('languageChanged', write);
  };
}
