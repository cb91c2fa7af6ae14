/** Escape goes one step back: the first of these that is there ends, nothing else does. */
import { setFollow } from '../../live/follow.ts';
import { isolate } from '../../live/isolate.ts';
import { setMoment } from '../../live/moment.ts';
import { closeSheet } from '../../live/sheets.ts';
import { select, useView, type View, walk } from '../../live/view.ts';

interface Step {
  isThere: (view: View) => boolean;
  end: () => void;
}

/** In the order in which things lie on top of each other. */
const steps: readonly Step[] = [
  { isThere: ({ palette }) => palette, end: () => useView.setState({ palette: false }) },
  { isThere: ({ tool }) => tool !== null, end: () => useView.setState({ tool: null }) },
  { isThere: ({ walking }) => walking, end: () => walk(false) },
  { isThere: ({ sheet }) => sheet !== null, end: closeSheet },
  { isThere: ({ follow }) => follow !== null, end: () => setFollow(null) },
  { isThere: ({ selected }) => selected !== null, end: () => select(null) },
  { isThere: ({ only }) => only !== null, end: () => isolate(null) },
  { isThere: ({ underground }) => underground, end: () => useView.setState({ underground: false }) },
  { isThere: ({ table }) => table, end: () => useView.setState({ table: false }) },
  { isThere: ({ moment }) => moment !== 'live', end: () => setMoment('live') },
];

export function stepBack(): void {
  const view = useView.getState();
  steps.find((step) => step.isThere(view))?.end();
}
