/** State of the connection to the server as a word and a dot; used by header, timeline and the texts for screen readers. */
import { type ConnectionStatus, mirror } from '../../live/mirror.ts';
import { useWords } from '../../locales/use-words.ts';
import { useMirror } from './use-mirror.ts';
import './connection-word.css';

export function useConnection(): { status: ConnectionStatus; word: string } {
  const { t } = useWords();
  const status = useMirror(() => mirror.connection);
  return { status, word: t(`connection.${status}`) };
}

export function ConnectionWord() {
  const { status, word } = useConnection();
  return (
    <span className={`connection-word ${status}`}>
      <span className="dot" aria-hidden="true" />
      {word}
    </span>
  );
}
