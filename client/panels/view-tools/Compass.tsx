/** Shows where north is in the picture. The scene turns it directly, without React. */
import { useEffect, useRef } from 'react';
import { flyTo } from '../../live/choices.ts';
import { eye, onTurn } from '../../live/eye.ts';
import { useWords } from '../../locales/use-words.ts';

export function Compass() {
  const { t } = useWords();
  const rose = useRef<SVGSVGElement>(null);
  useEffect(() => {
    const turn = () => {
      if (rose.current) rose.current.style.transform = `rotate(${(-eye.heading_deg).toFixed(1)}deg)`;
    };
    turn();
    return onTurn(turn);
  }, []);
  return (
    <button
      type="button"
      className="icon-button compass"
      aria-label={t('look.compass')}
      title={t('look.compass')}
      onClick={() => flyTo({ kind: 'north' })}
    >
      <svg ref={rose} viewBox="0 0 32 32" width="30" height="30" aria-hidden="true" focusable="false">
        <circle cx="16" cy="16" r="14.2" className="compass-ring" />
        <path d="M16 3.5l4.200 12.500h-8.400z" className="compass-north" />
        <path d="M16 28.500l-4.200-12.500h8.400z" className="compass-south" />
      </svg>
    </button>
  );
}
