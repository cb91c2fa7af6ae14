/** Bookmarks: views stored on this device, which can be opened, linked, renamed, and deleted with undo. */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { openLink, writeLink } from '../../live/address.ts';
import {
  addBookmark,
  type Bookmark,
  loadBookmarks,
  removeBookmark,
  renameBookmark,
  restoreBookmark,
  useBookmarks,
} from '../../live/bookmarks.ts';
import { useChoices } from '../../live/choices.ts';
import { closeTool } from '../../live/open-sheet.ts';
import { useWords } from '../../locales/use-words.ts';
import { IconButton } from '../../ui/Icon.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { useParkView } from '../values/use-park-view.ts';

export function Bookmarks() {
  const { t, text } = useWords();
  const park = useParkView();
  const { id } = park.metadata;
  const list = useBookmarks((b) => b.list);
  const gone = useBookmarks((b) => b.gone);
  const selected = useChoices((view) => view.selected);
  const [name, setName] = useState('');
  const [said, setSaid] = useState('');
  useEffect(() => loadBookmarks(id), [id]);
  const chosen = park.assets.find((a) => a.id === selected)?.name;
  const offered = chosen ? text(chosen) : t('look.bookmarks.whole');

  const add = (event: FormEvent) => {
    event.preventDefault();
    // A bookmark stores a place, not a time, so the moment is left out.
    const search = writeLink('', { ...useChoices.getState(), moment: 'live' }, null);
    addBookmark(Date.now().toString(36), name.trim() || offered, search);
    setName('');
  };
  const copy = async (bookmark: Bookmark) => {
    try {
      await navigator.clipboard.writeText(`${location.origin}/parks/${encodeURIComponent(id)}${bookmark.search}`);
      setSaid(t('look.bookmarks.copied'));
    } catch {
      setSaid(t('look.bookmarks.copyFailed'));
    }
    setTimeout(() => setSaid(''), 2500);
  };
  return (
    <Popover title={t('look.bookmarks.title')} closeLabel={t('look.close')} onClose={closeTool}>
      <form className="bookmark-form" onSubmit={add}>
        <input
          type="text"
          aria-label={t('look.bookmarks.name')}
          placeholder={offered}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" className="button primary">
          {t('look.bookmarks.add')}
        </button>
      </form>
      <p className="note">{t('look.bookmarks.hint')}</p>
      {list.length === 0 ? <p className="empty">{t('look.bookmarks.none')}</p> : null}
      <ul className="bookmarks">
        {list.map((bookmark) => (
          <Entry key={bookmark.id} bookmark={bookmark} onCopy={() => void copy(bookmark)} />
        ))}
      </ul>
      <div role="status" className="bookmark-said">
        {gone ? (
          <p>
            {t('look.bookmarks.removed', { name: gone.bookmark.name })}{' '}
            <button type="button" className="button" onClick={restoreBookmark}>
              {t('look.bookmarks.undo')}
            </button>
          </p>
        ) : null}
        {said ? <p>{said}</p> : null}
      </div>
    </Popover>
  );
}

function Entry({ bookmark, onCopy }: { bookmark: Bookmark; onCopy: () => void }) {
  const { t } = useWords();
  const { name } = bookmark;
  const [renaming, setRenaming] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (renaming) field.current?.select();
  }, [renaming]);
  if (renaming) {
    const save = (event: FormEvent) => {
      event.preventDefault();
      renameBookmark(bookmark.id, field.current?.value ?? '');
      setRenaming(false);
    };
    return (
      <li>
        <form className="bookmark-form" onSubmit={save}>
          <input ref={field} type="text" aria-label={t('look.bookmarks.renamed')} maxLength={80} defaultValue={name} />
          <button type="submit" className="button">
            {t('look.bookmarks.save')}
          </button>
        </form>
      </li>
    );
  }
  return (
    <li className="bookmark">
      <button type="button" className="bookmark-go" aria-label={t('look.bookmarks.go', { name })} onClick={() => openLink(bookmark.search)}>
        {name}
      </button>
      <IconButton icon="link" label={t('look.bookmarks.copy', { name })} onClick={onCopy} />
      <IconButton icon="rename" label={t('look.bookmarks.rename', { name })} onClick={() => setRenaming(true)} />
      <IconButton icon="bin" label={t('look.bookmarks.remove', { name })} onClick={() => removeBookmark(bookmark.id)} />
    </li>
  );
}
