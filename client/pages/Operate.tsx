/** The main page, for the people who run the park: everything about the chosen moment. */
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { type SheetName, useChoices } from '../live/choices.ts';
import { useWords } from '../locales/use-words.ts';
import { Header } from '../panels/header/Header.tsx';
import { Legend } from '../panels/legend/Legend.tsx';
import { Palette } from '../panels/palette/Palette.tsx';
import { Table } from '../panels/table/Table.tsx';
import { Timeline } from '../panels/timeline/Timeline.tsx';
import { Toasts } from '../panels/toasts/Toasts.tsx';
import { Credits } from '../panels/values/Credits.tsx';
import { GroundKey } from '../panels/view-tools/GroundKey.tsx';
import { OnlyBar } from '../panels/view-tools/OnlyBar.tsx';
import { ViewTools } from '../panels/view-tools/ViewTools.tsx';
import { WalkHint } from '../panels/view-tools/WalkHint.tsx';
import { Resizer } from '../ui/Resizer.tsx';
import type { Axis } from '../ui/size-bounds.ts';
import { followView } from './deep-link.ts';
import { About, Balance, Help, Inspector, Quarantine } from './deferred.ts';
import { applyKeptSizes, bounds, type Panel, setSize } from './panel-size.ts';
import { onKey, perform } from './short-cuts.ts';
import { useInsets } from './use-insets.ts';
// Styles of deferred components are loaded with the page, so that their order does not depend on when a component loads.
import '../panels/plan/plan.css';
import '../ui/sheet.css';
import '../panels/values/source-mix.css';
import '../panels/inspector/inspector.css';
import '../panels/inspector/follow.css';

const sheets: Record<SheetName, ReactNode> = { about: <About />, balance: <Balance />, help: <Help />, quarantine: <Quarantine /> };

export function Operate() {
  const { t } = useWords();
  const selected = useChoices((view) => view.selected);
  const sheet = useChoices((view) => view.sheet);
  const table = useChoices((view) => view.table);
  const palette = useChoices((view) => view.palette);
  // Where two sheets do not fit, the one opened last is in front.
  const [front, setFront] = useState<'side' | 'table'>('side');
  useEffect(() => {
    if (table) setFront('table');
  }, [table]);
  useEffect(() => {
    if (selected || sheet) setFront('side');
  }, [selected, sheet]);
  useInsets();
  const resizing = (panel: Panel, name: string) => ({
    bounds: bounds[panel],
    label: t('panel.resize', { panel: name }),
    hint: t('panel.hint'),
    pixels: (count: number) => t('panel.pixels', { count }),
    onResize: (axis: Axis, size: number | null) => setSize(panel, axis, size),
  });
  useEffect(applyKeptSizes, []);
  useEffect(() => followView(), []);
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <div className={`edges operate front-${front} ${table ? 'with-table' : ''} ${selected || sheet ? 'with-side' : ''}`}>
      <Header />
      <Toasts />
      <div className="look-bars">
        <OnlyBar />
        <GroundKey />
        <WalkHint />
      </div>
      <ViewTools />
      {selected || sheet ? (
        <div className="right" data-edge="right">
          <Resizer {...resizing('side', t(sheet ? `${sheet}.title` : 'inspector.label'))} edge="left" />
          <Suspense>{sheet ? sheets[sheet] : <Inspector />}</Suspense>
        </div>
      ) : null}
      <div className="left-column">
        {table ? (
          <div className="left" data-edge="left">
            <Table />
            <Resizer {...resizing('table', t('table.title'))} edge="right" />
          </div>
        ) : null}
        <Legend />
      </div>
      <Timeline />
      <Credits />
      {palette ? <Palette perform={perform} /> : null}
    </div>
  );
}
