/** What a person keeps of what was chosen when the park becomes another version of itself: all that is still there. */
import type { ParkView } from '../../models/api/park-view.ts';
import type { Choices } from './choices.ts';
import { litBy, onlyText, readOnly } from './isolate.ts';

/** Choices to set for the new version; those left out stay as they are, also the camera and an open sheet. */
export function keptChoices(park: ParkView, { selected, hovered, follow, only }: Choices): Partial<Choices> {
  const there = new Set([...park.assets, ...park.lines].map(({ id }) => id));
  const kept = (id: string | null) => (id !== null && there.has(id) ? id : null);
  const stillOnly = readOnly(park, only && onlyText(only));
  return {
    park,
    selected: kept(selected),
    hovered: kept(hovered),
    follow: kept(selected) === null ? null : follow,
    only: stillOnly,
    lit: stillOnly && litBy(park, stillOnly),
  };
}
