/**
 * All assets as a table that can be searched, sorted and used by keyboard: the accessible alternative to the scene. Only
 * the rows in view are in the page, so that ten thousand cost no more than thirty.
 */

import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useChoices } from '../../live/choices.ts';
import { marksNow } from '../../live/marks-now.ts';
import { metricOf } from '../../live/metric.ts';
import { mirror, valueAt } from '../../live/mirror.ts';
import { choose } from '../../live/open-sheet.ts';
import { carriesAll, searchOf } from '../../locales/mark-names.ts';
import { useWords } from '../../locales/use-words.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useHidden, useMirror } from '../values/use-mirror.ts';
import { useParkView } from '../values/use-park-view.ts';
import { WhenShown } from '../values/WhenShown.tsx';
import { type Column, emissionsOf, matches, type Row, type Sort, sorted } from './rows.ts';
import { TableRow } from './TableRow.tsx';
import './table.css';

const rowHeight = 40;
/** Rows drawn beyond the window's edges. */
const margin = 6;
/** A table sorted by a live number is sorted again this often, not with every update. */
const reorder_ms = 5000;
const columns: readonly Column[] = ['name', 'kind', 'power', 'intensity', 'attributed', 'stack', 'quality'];
const secret: ReadonlySet<Column> = new Set(['power', 'attributed', 'stack']);

function keyOf(column: Column): (row: Row) => number | string {
  const { layout, layoutPark } = mirror;
  if (column === 'name') return (row) => row.name;
  if (column === 'kind') return (row) => row.kind;
  if (column === 'attributed' || column === 'stack') return (row) => emissionsOf(row.asset, column);
  if (column === 'intensity') return (row) => valueAt(layout?.assets.get(row.asset.id)?.intensity);
  if (column === 'quality') return (row) => marksNow()?.of.get(row.asset.id) ?? Number.NaN;
  const view = layout && layoutPark ? metricOf(layoutPark, layout, 'power') : null;
  return view ? (row) => view.valueOf(row.asset.id) : () => Number.NaN;
}

export function Table() {
  const { t, text, language } = useWords();
  const park = useParkView();
  const selected = useChoices((view) => view.selected);
  const isPublic = useHidden('figures:read');
  const [query, setQuery] = useState('');
  const [sort, setSort] = useState<Sort>({ column: 'name', descending: false });
  const [round, setRound] = useState(0);
  const [active, setActive] = useState(0);
  const [scroll, setScroll] = useState({ top: 0, height: 600 });
  const body = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  // Counts moves by key, so that the row gets the focus even if it is still the same one.
  const [moved, setMoved] = useState(0);

  const all = useMemo<Row[]>(
    () =>
      park.assets.map((asset) => {
        const tenant = park.metadata.tenants.find((one) => one.id === asset.tenant);
        const name = text(asset.name);
        const kind = t(`kind.${asset.kind}`);
        const words = [
          name,
          kind,
          asset.kind,
          asset.id,
          asset.use,
          asset.tenant,
          tenant && text(tenant.name),
          ...Object.values(asset.name),
        ];
        return { asset, name, kind, text: words.filter(Boolean).join(' ').toLowerCase() };
      }),
    [park, t, text],
  );
  const isLive = sort.column !== 'name' && sort.column !== 'kind';
  const wanted = useMemo(() => searchOf(query), [query]);
  // Changes with the marks, so that a search for a mark runs again.
  const marked = useMirror(() => (wanted.marks.length > 0 ? (marksNow()?.version ?? 0) : 0));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` sorts live numbers again, `marked` searches for marks again
  const rows = useMemo(() => {
    const found = all.filter((row) => matches(row, wanted.words) && carriesAll(marksNow()?.of.get(row.asset.id), wanted.marks));
    return sorted(found, sort, keyOf(sort.column), language);
  }, [all, wanted, marked, sort, language, round]);

  useEffect(() => {
    if (!isLive) return;
    const timer = setInterval(() => setRound((n) => n + 1), reorder_ms);
    return () => clearInterval(timer);
  }, [isLive]);

  useEffect(() => {
    const element = body.current;
    if (!element) return;
    const measure = () => setScroll({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    // On a touch screen this would bring up the keyboard over half of the table.
    if (matchMedia('(pointer: fine)').matches) search.current?.focus({ preventScroll: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);

  const first = Math.max(0, Math.floor(scroll.top / rowHeight) - margin);
  const last = Math.min(rows.length, Math.ceil((scroll.top + scroll.height) / rowHeight) + margin);

  const moveTo = (index: number) => {
    const to = Math.min(rows.length - 1, Math.max(0, index));
    const element = body.current;
    if (to < 0 || !element) return;
    // The head of the table stays on top and covers the height of one row.
    const top = to * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + 2 * rowHeight > element.scrollTop + element.clientHeight) element.scrollTop = top + 2 * rowHeight - element.clientHeight;
    setActive(to);
    setMoved((n) => n + 1);
  };
  useEffect(() => {
    if (moved > 0) body.current?.querySelector<HTMLElement>(`[data-row="${active}"] button`)?.focus({ preventScroll: true });
  }, [active, moved]);

  const onKey = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(scroll.height / rowHeight) - 2);
    const inSearch = event.target === search.current;
    const to = { ArrowDown: inSearch ? 0 : active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page }[event.key];
    const ends = inSearch ? undefined : { Home: 0, End: rows.length - 1 }[event.key];
    const target = to ?? ends;
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'ArrowUp' && active === 0) search.current?.focus();
    else moveTo(target);
  };

  const shown = columns.filter((column) => !(isPublic && secret.has(column)));
  const sortBy = (column: Column) =>
    setSort((now) => ({ column, descending: now.column === column ? !now.descending : column !== 'name' && column !== 'kind' }));

  return (
    <Sheet
      className="table-sheet"
      title={t('table.title')}
      eyebrow={
        <>
          <output>{t('table.count', { count: rows.length })}</output>
          <WhenShown />
        </>
      }
      onClose={() => useChoices.setState({ table: false })}
      closeLabel={t('table.close')}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys of the rows and the search inside */}
      <div className="table-inside" onKeyDown={onKey}>
        <label className="search">
          <Icon name="search" size={18} />
          <span className="visually-hidden">{t('table.search')}</span>
          <input
            ref={search}
            type="search"
            value={query}
            placeholder={t('table.search')}
            spellCheck={false}
            onChange={(event) => {
              setQuery(event.target.value);
              setActive(0);
              if (body.current) body.current.scrollTop = 0;
            }}
          />
        </label>
        <div className="table-scroll" ref={body}>
          <table aria-rowcount={rows.length + 1} aria-label={t('table.title')} className={isPublic ? 'public' : ''}>
            <thead>
              <tr>
                {shown.map((column) => (
                  <th
                    key={column}
                    scope="col"
                    className={`col-${column}`}
                    aria-sort={sort.column === column ? (sort.descending ? 'descending' : 'ascending') : 'none'}
                  >
                    <button type="button" title={t('table.sortBy', { column: t(`table.${column}`) })} onClick={() => sortBy(column)}>
                      {t(`table.${column}`)}
                      {sort.column === column ? <Icon name={sort.descending ? 'down' : 'up'} size={14} /> : null}
                    </button>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {first > 0 ? <tr style={{ height: first * rowHeight }} /> : null}
              {rows.slice(first, last).map((row, i) => (
                <TableRow
                  key={row.asset.id}
                  row={row}
                  index={first + i}
                  isActive={first + i === active}
                  isSelected={row.asset.id === selected}
                  isPublic={isPublic}
                  onChoose={() => {
                    setActive(first + i);
                    choose(row.asset.id, true);
                  }}
                />
              ))}
              {last < rows.length ? <tr style={{ height: (rows.length - last) * rowHeight }} /> : null}
            </tbody>
          </table>
          {rows.length === 0 ? (
            <div className="empty">
              <p>{t('table.none', { query: query.trim() })}</p>
              <button type="button" className="button" onClick={() => setQuery('')}>
                {t('table.clear')}
              </button>
            </div>
          ) : null}
        </div>
      </div>
    </Sheet>
  );
}
