/** Tools of the view: compass, whole park, from above, on foot, in the ground, only a part, bookmarks. */
import { useState } from 'react';
import { flyTo, type ToolName, useChoices, walk } from '../../live/choices.ts';
import { useWords } from '../../locales/use-words.ts';
import { Icon, IconButton } from '../../ui/Icon.tsx';
import { Bookmarks } from './Bookmarks.tsx';
import { Compass } from './Compass.tsx';
import { Isolate } from './Isolate.tsx';
import './view-tools.css';
import './view-tools-narrow.css';

export function ViewTools() {
  const { t } = useWords();
  const plan = useChoices((view) => view.plan);
  const walking = useChoices((view) => view.walking);
  const underground = useChoices((view) => view.underground);
  const only = useChoices((view) => view.only !== null);
  const tool = useChoices((view) => view.tool);
  // On a phone only the most used tools are shown until a person opens the others.
  const [open, setOpen] = useState(false);
  const toggle = (name: ToolName) => useChoices.setState({ tool: tool === name ? null : name });
  return (
    <div className={`view-tools ${open ? 'open' : ''}`}>
      {tool === 'isolate' ? <Isolate /> : tool === 'bookmarks' ? <Bookmarks /> : null}
      <nav className="view-strip" aria-label={t('look.tools')}>
        {plan ? null : <Compass />}
        {plan ? null : (
          <div className="view-more">
            <IconButton icon="home" label={t('look.home')} onClick={() => flyTo(null)} />
            <IconButton icon="top" label={t('look.top')} onClick={() => flyTo({ kind: 'top' })} />
            <IconButton icon="walk" label={t(walking ? 'look.rise' : 'look.walk')} pressed={walking} onClick={() => walk(!walking)} />
            <IconButton
              icon="underground"
              label={t('look.underground')}
              pressed={underground}
              onClick={() => useChoices.setState({ underground: !underground })}
            />
          </div>
        )}
        <IconButton icon="isolate" label={t('look.only.open')} pressed={only || tool === 'isolate'} onClick={() => toggle('isolate')} />
        <div className="view-more">
          <IconButton icon="bookmark" label={t('look.bookmarks.open')} pressed={tool === 'bookmarks'} onClick={() => toggle('bookmarks')} />
        </div>
        <button
          type="button"
          className="icon-button view-fold"
          aria-expanded={open}
          aria-label={t('look.more')}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'up' : 'more'} />
        </button>
      </nav>
    </div>
  );
}
