/** Escape goes one step back: it ends the first thing of the list below that is open or active, and nothing else. */

import { type Choices, select, useChoices, walk } from '../../live/choices.ts';
import { setFollow } from '../../live/follow.ts';
import { isolate } from '../../live/isolate.ts';
import { setMoment } from '../../live/moment.ts';
import { closeSheet } from '../../live/open-sheet.ts';

interface Step {
  isThere: (view: Choices) => boolean;
  end: () => void;
}

/** In the order in which Escape ends them: what lies on top comes first. */
const steps: readonly Step[] = [
  { isThere: ({ palette }) => palette, end: () => useChoices.setState({ palette: false }) },
  { isThere: ({ tool }) => tool !== null, end: () => useChoices.setState({ tool: null }) },
  { isThere: ({ walking }) => walking, end: () => walk(false) },
  { isThere: ({ sheet }) => sheet !== null, end: closeSheet },
  { isThere: ({ follow }) => follow !== null, end: () => setFollow(null) },
  { isThere: ({ selected }) => selected !== null, end: () => select(null) },
  { isThere: ({ only }) => only !== null, end: () => isolate(null) },
  { isThere: ({ underground }) => underground, end: () => useChoices.setState({ underground: false }) },
  { isThere: ({ table }) => table, end: () => useChoices.setState({ table: false }) },
  { isThere: ({ moment }) => moment !== 'live', end: () => setMoment('live') },
];

export function stepBack(): void {
  const view = useChoices.getState();
  steps.find((step) => step.isThere(view))?.end();
}
