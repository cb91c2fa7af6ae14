/** The numbers of a chart as a table; a row that has a moment has a button to go there. */
import { useWords } from '../locales/use-words.ts';
import type { FigureCell, TableData } from './table-data.ts';
import './figure-table.css';

/** At most this many rows are shown; the CSV file holds all of them. */
const most = 800;

export function FigureTable({
  table,
  label,
  height,
  onMoment,
}: {
  table: TableData;
  label: string;
  height: number;
  onMoment?: (time: number) => void;
}) {
  const { t, number } = useWords();
  const write = (cell: FigureCell) => (cell === null ? number(Number.NaN) : typeof cell === 'number' ? number(cell) : cell);
  const rows = table.rows.slice(0, most);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="figure-table" aria-label={label} tabIndex={0} style={{ height }}>
      <table>
        <thead>
          <tr>
            {table.columns.map(({ name, unit }, c) => (
              <th key={name} scope="col" className={typeof table.rows[0]?.[c] === 'string' ? 'words' : 'num'}>
                {name} {unit ? <span className="unit">{unit}</span> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => {
            const moment = table.moments?.[r] ?? null;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity and never move
              <tr key={r}>
                {row.map((cell, c) => {
                  const key = table.columns[c]?.name ?? c;
                  if (c > 0) {
                    return (
                      <td key={key} className={typeof cell === 'string' ? '' : 'num'}>
                        {write(cell)}
                      </td>
                    );
                  }
                  return (
                    <th key={key} scope="row">
                      {moment !== null && onMoment ? (
                        <button type="button" className="text-button" title={t('charts.goTo')} onClick={() => onMoment(moment)}>
                          {write(cell)}
                        </button>
                      ) : (
                        write(cell)
                      )}
                    </th>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
      {table.rows.length > most ? <p className="note">{t('charts.moreRows', { count: number(table.rows.length) })}</p> : null}
    </section>
  );
}
