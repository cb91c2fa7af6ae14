/** The sections about energy, and about where its carbon goes. */

import { type DocumentTable, makeNotes, partSteps, type Section, shares, shown, stepsOf } from './document-parts.ts';
import { columnOf, sumAll, sumKnown } from './range-sums.ts';
import type { ReportWriter } from './writer.ts';

export function energySection(writer: ReportWriter): Section {
  const { words, report } = writer;
  const of = (name: string) => columnOf(report.totals, name);
  const used = of('consumption.Wh');
  const share = (part: number | null) => (part === null || used === null || used <= 0 ? null : part / used);
  const hourly = share(of('cfeMatched.Wh'));
  const volume = share(sumAll([of('carbonFree.Wh'), of('gridCarbonFree.Wh')]));
  const cfe = hourly === null || volume === null ? [] : [writer.join([cfeText(writer, hourly, Math.min(1, volume)), words.text.cfeOf])];
  return {
    id: 'energy',
    title: words.section.energy,
    annex: false,
    paragraphs: cfe,
    tables: [electricityTable(writer), mixTable(writer)].filter((table) => table !== null),
  };
}

function cfeText({ words, percent }: ReportWriter, hourly: number, volume: number): string {
  const [a, b] = [percent(hourly), percent(volume)];
  return a === b ? words.text.cfeSame(a) : words.text.cfe(a, b);
}

/** Supply equals demand: plants and storage are the difference. */
function electricityTable(writer: ReportWriter): DocumentTable | null {
  const { words, report, energy, column } = writer;
  const of = (name: string) => columnOf(report.totals, name);
  const [bought, onsite, used, exported] = [of('import.Wh'), of('onsite.Wh'), of('consumption.Wh'), of('export.Wh')];
  const supply = sumAll([bought, onsite ?? 0]);
  if (supply === null || used === null) return null;
  const losses = of('losses.electricity.Wh') ?? 0;
  const unmetered = sumKnown(report.unmetered.filter(({ carrier }) => carrier === 'electricity').map(({ Wh }) => Wh)) ?? 0;
  const plants = supply - used - (exported ?? 0) - losses - unmetered;
  const total = stepsOf(supply, energy);
  const sources = [bought, onsite ?? 0];
  const uses = [used, exported ?? 0, losses, unmetered, plants];
  const names = [words.row.used, words.row.export, words.row.losses, words.row.unmetered, words.row.plants];
  const rowsOf = (labels: readonly string[], parts: readonly (number | null)[]): DocumentTable['rows'] => {
    const steps = partSteps(parts, energy, total);
    const percent = shares(parts.map((part) => (part !== null && part < 0 ? null : part)));
    const negative = parts.some((part) => part !== null && part < 0);
    return labels.map((label, i) => ({ cells: [label, shown(steps[i] as number, energy), negative ? '' : (percent[i] ?? null)] }));
  };
  return {
    id: 'electricity',
    title: words.table.electricity,
    columns: [column.text(words.head.line), column.MWh(words.head.energy), column.percent(words.head.share)],
    rows: [
      ...rowsOf([words.row.import, words.row.onsite], sources),
      { role: 'total', cells: [words.row.supply, shown(total, energy), 100] },
      ...rowsOf(names, uses),
      { role: 'total', cells: [words.row.demand, shown(total, energy), ''] },
    ],
    notes: [],
  };
}

function mixTable(writer: ReportWriter): DocumentTable | null {
  const { words, report, energy, column } = writer;
  const used = columnOf(report.totals, 'consumption.Wh');
  if (report.mix.length === 0 || used === null) return null;
  const sorted = [...report.mix].sort((a, b) => b.Wh - a.Wh);
  const unknown = used - sorted.reduce((sum, { Wh }) => sum + Wh, 0);
  const parts = [
    ...sorted.map(({ kind, Wh }) => ({ name: words.sources[kind], Wh })),
    ...(unknown > 0 ? [{ name: words.row.unknownOrigin, Wh: unknown }] : []),
  ];
  const total = stepsOf(used, energy);
  const steps = partSteps(
    parts.map(({ Wh }) => Wh),
    energy,
    total,
  );
  const percent = shares(parts.map(({ Wh }) => Wh));
  return {
    id: 'mix',
    title: words.table.mix,
    columns: [column.text(words.head.source), column.MWh(words.head.energy), column.percent(words.head.share)],
    rows: [
      ...parts.map(({ name }, i) => ({ cells: [name, shown(steps[i] as number, energy), percent[i] ?? null] })),
      { role: 'total', cells: [words.row.used, shown(total, energy), 100] },
    ],
    notes: [],
    bar: 2,
  };
}

export function balanceSection(writer: ReportWriter): Section {
  const { words, report, steps, energy, column } = writer;
  const notes = makeNotes();
  const side = (labels: readonly string[], values: readonly number[]): DocumentTable['rows'] =>
    labels.map((label, i) => ({ cells: [label, writer.orWhy(values[i] as number, notes, words.why.notKnown)] }));
  const total = (): DocumentTable['rows'][number] => ({
    role: 'total',
    cells: [words.row.sum, writer.orWhy(steps.balance, notes, words.why.notKnown)],
  });
  const r = words.row;
  const balance: DocumentTable = {
    id: 'balance',
    title: words.table.balance,
    columns: [column.text(words.head.line), column.t(words.head.carbon)],
    rows: [
      { role: 'heading', cells: [r.enters, ''] },
      ...side([r.stack, r.imported, r.otherInjected], steps.enters),
      total(),
      { role: 'heading', cells: [r.found, ''] },
      ...side([r.attributed, r.unmetered, r.exportedCarbon, r.storage, r.lossesCarbon], steps.found),
      total(),
    ],
    notes: notes.texts,
  };
  const unmetered: DocumentTable = {
    id: 'unmetered',
    title: words.table.unmetered,
    columns: [column.text(words.head.place), column.text(words.head.carrier), column.MWh(words.head.energy)],
    rows: report.unmetered.map(({ carrier, name, Wh }) => ({
      cells: [
        name === null ? words.row.elsewhere : writer.text(name),
        words.carriers[carrier as keyof typeof words.carriers] ?? carrier,
        shown(stepsOf(Wh, energy), energy),
      ],
    })),
    notes: report.unmetered.some(({ Wh }) => Wh < 0) ? [words.text.sign] : [],
  };
  const differs = !Number.isNaN(steps.balance - steps.total) && steps.balance !== steps.total;
  return {
    id: 'balance',
    title: words.section.balance,
    annex: false,
    paragraphs: [writer.join([words.text.balance, ...(differs ? [words.text.bridge(writer.tonnes(steps.balance - steps.total))] : [])])],
    tables: [balance, unmetered].filter((table) => table.rows.length > 0),
  };
}
