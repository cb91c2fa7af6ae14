/** The page of whoever runs the park: everything about this moment. */
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { type SheetName, useView } from '../live/view.ts';
import { useWords } from '../locales/use-words.ts';
import { Credits } from '../panels/Credits.tsx';
import { Header } from '../panels/Header.tsx';
import { Legend } from '../panels/Legend.tsx';
import { Palette } from '../panels/palette/Palette.tsx';
import { applyKeptSizes } from '../panels/panel-size.ts';
import { Resizer } from '../panels/Resizer.tsx';
import { Table } from '../panels/Table.tsx';
import { Toasts } from '../panels/Toasts.tsx';
import { Timeline } from '../panels/timeline/Timeline.tsx';
import { GroundKey } from '../panels/view-tools/GroundKey.tsx';
import { OnlyBar } from '../panels/view-tools/OnlyBar.tsx';
import { ViewTools } from '../panels/view-tools/ViewTools.tsx';
import { WalkHint } from '../panels/view-tools/WalkHint.tsx';
import { followView } from './deep-link.ts';
import { About, Balance, Help, Inspector, Quarantine } from './pieces.ts';
import { onKey, perform } from './short-cuts.ts';
import { useInsets } from './use-insets.ts';
// Styles of the pieces stand in the one sheet of the page, so that their order is the same whenever a piece comes.
import '../panels/plan.css';
import '../panels/sheet.css';
import '../panels/source-mix.css';
import '../panels/inspector/inspector.css';
import '../panels/inspector/follow.css';

const sheets: Record<SheetName, ReactNode> = { about: <About />, balance: <Balance />, help: <Help />, quarantine: <Quarantine /> };

export function Operate() {
  const { t } = useWords();
  const selected = useView((view) => view.selected);
  const sheet = useView((view) => view.sheet);
  const table = useView((view) => view.table);
  const palette = useView((view) => view.palette);
  // Where two sheets do not fit, what was opened last is in front.
  const [front, setFront] = useState<'side' | 'table'>('side');
  useEffect(() => {
    if (table) setFront('table');
  }, [table]);
  useEffect(() => {
    if (selected || sheet) setFront('side');
  }, [selected, sheet]);
  useInsets();
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
          <Resizer panel="side" edge="left" label={t(sheet ? `${sheet}.title` : 'inspector.label')} />
          <Suspense>{sheet ? sheets[sheet] : <Inspector />}</Suspense>
        </div>
      ) : null}
      <div className="left-column">
        {table ? (
          <div className="left" data-edge="left">
            <Table />
            <Resizer panel="table" edge="right" label={t('table.title')} />
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
