/** A card with one story about the park, and the intensity of the asset that the story is about. */
import type { ReactNode } from 'react';
import type { ParkView } from '../../../models/api/park-view.ts';
import { mirror, valueAt } from '../../live/mirror.ts';
import { useWords } from '../../locales/use-words.ts';
import { LiveAmount } from '../values/LiveAmount.tsx';
import { LiveSwatch } from '../values/Swatch.tsx';
import { metricNow, useMirror } from '../values/use-mirror.ts';
import { StoryText } from './StoryText.tsx';
import './story.css';

export function StoryCard({ story, children }: { story: ParkView['metadata']['stories'][number]; children?: ReactNode }) {
  const { intensity } = useWords();
  const { asset } = story;
  const read = () => (asset === undefined ? Number.NaN : valueAt(mirror.layout?.assets.get(asset)?.intensity));
  const known = useMirror(() => !Number.isNaN(read()));
  const scale = asset === undefined ? undefined : metricNow('intensity')?.scaleOf(asset);
  return (
    <article className="story sheet" key={story.id}>
      <div className="story-text" aria-live="polite">
        <h2>
          <StoryText story={story} of={story.title} />
        </h2>
        <p>
          <StoryText story={story} of={story.body} />
        </p>
        {known && scale ? (
          <p className="story-number" aria-live="off">
            <LiveSwatch scale={scale} read={read} size={18} /> <LiveAmount read={() => intensity(read())} />
          </p>
        ) : null}
      </div>
      {children}
    </article>
  );
}
