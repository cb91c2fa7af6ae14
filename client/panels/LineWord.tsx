/** How the line to the server is, in a word and a dot: the one teller of it, for header, timeline and whoever listens. */
import { type Line, mirror } from '../live/mirror.ts';
import { useWords } from '../locales/use-words.ts';
import { useMirror } from './use-slot.ts';
import './line-word.css';

export function useLine(): { line: Line; word: string } {
  const { t } = useWords();
  const line = useMirror(() => mirror.line);
  return { line, word: t(`line.${line}`) };
}

export function LineWord() {
  const { line, word } = useLine();
  return (
    <span className={`line-word ${line}`}>
      <span className="dot" aria-hidden="true" />
      {word}
    </span>
  );
}
