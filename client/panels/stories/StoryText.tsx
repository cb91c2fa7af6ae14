/** Text of a story with its figures of the moment shown. They change slowly enough to read; tooltips give time and quality. */
import { useRef } from 'react';
import type { ParkView } from '../../../models/api/park-view.ts';
import type { Text } from '../../../models/park/park.ts';
import { piecesOf } from '../../../models/park/stories.ts';
import { marksIn } from '../../../models/telemetry/marks.ts';
import { mirror } from '../../live/mirror.ts';
import { resolveFigure } from '../../live/story-figures.ts';
import { dash } from '../../locales/formats.ts';
import { figureText } from '../../locales/story-words.ts';
import { useWords } from '../../locales/use-words.ts';
import { useMirror } from '../values/use-mirror.ts';
import { useParkView } from '../values/use-park-view.ts';

/** Figures of the live park change no more often than this. */
const calm_ms = 10_000;
type Story = ParkView['metadata']['stories'][number];

export function StoryText({ story, of }: { story: Story; of: Text }) {
  const pieces = useStoryPieces(story, of);
  return pieces.map(({ text, note }, i) =>
    note === '' ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text stay where they are
      <span key={i} className="story-figure num" title={note} aria-live="off">
        {text}
      </span>
    ),
  );
}

interface Piece {
  text: string;
  /** Tooltip of a figure: its assets, its time and its marks; empty for plain text. */
  note: string;
}

function useStoryPieces(story: Story, of: Text): Piece[] {
  const words = useWords();
  const { t, text, language, clock } = words;
  const park = useParkView();
  const { timeZone } = park.metadata;
  const said = useRef({ key: '', at: Number.NEGATIVE_INFINITY, pieces: '' });
  const shown = useMirror(() => {
    const { layout, values, moment, time } = mirror;
    // Another moment, language or story is shown at once; new live values wait for `calm_ms`.
    const key = `${story.id} ${language} ${moment} ${layout !== null && values.length > 0}`;
    const now = performance.now();
    if (said.current.key === key && (now - said.current.at < calm_ms || moment !== 'live')) return said.current.pieces;
    const nameOf = (id: string) => text(park.assets.find((one) => one.id === id)?.name ?? { en: id });
    const pieces = piecesOf(text(of)).map((piece, i): Piece => {
      if (i % 2 === 0) return { text: piece, note: '' };
      const figure = story.figures?.[piece];
      if (!figure || !layout) return { text: dash, note: t('unknown') };
      const found = resolveFigure(figure, park, layout, values);
      const when = clock(time, timeZone, false);
      const note = [
        ...found.assets.map(nameOf),
        ...(Number.isNaN(found.value) ? [t('unknown')] : []),
        ...(found.ofMoment
          ? [typeof moment === 'number' ? `${clock(moment, timeZone, false)}–${when}` : when]
          : [t('inspector.nameplate')]),
        ...marksIn(found.marks).map((mark) => t(`mark.${mark}`)),
      ];
      return { text: figureText(found, words), note: note.join(' · ') };
    });
    said.current = { key, at: now, pieces: JSON.stringify(pieces) };
    return said.current.pieces;
  });
  return JSON.parse(shown) as Piece[];
}
