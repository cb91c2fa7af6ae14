/** `npm run twin -- kinds`: lists the declared kinds of assets and the carriers of networks. */
import { carrierRow, carriers } from '../../models/carriers.ts';
import { assetKinds, kindRow } from '../../models/kinds/kinds.ts';

export function kindsCommand({ json }: { json: boolean }): string {
  if (json) {
    const kinds = assetKinds.map((id) => {
      const { names, role, ports, height_m, floors, ...row } = kindRow(id);
      return { id, names, role, ports, height_m, floors: floors ?? null, conversions: 'conversions' in row ? row.conversions : [] };
    });
    return JSON.stringify({ kinds, carriers: carriers.map((id) => ({ id, ...carrierRow(id) })) });
  }
  const row = (cells: readonly string[], widths: readonly number[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  const table = (rows: string[][]) => {
    const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((cells) => (cells[i] ?? '').length)));
    return rows.map((cells) => row(cells, widths)).join('\n');
  };
  const kinds = assetKinds.map((id) => {
    const { names, role, ports } = kindRow(id);
    return [id, names.en, role, ports.join(', ') || '–'];
  });
  const list = carriers.map((id) => {
    const { names, fuel, boughtScope } = carrierRow(id);
    return [id, names.en, fuel === null ? '–' : 'fuel', boughtScope === null ? '–' : `scope ${boughtScope}`];
  });
  return `${table([['kind', 'name', 'role', 'usual ports'], ...kinds])}\n\n${table([['carrier', 'name', 'burnt', 'bought'], ...list])}`;
}
