/** A report in words: its first page, its summary, and its sections. */

import type { Language } from '../../languages.ts';
import { assetSection, factorSection, methodSection, plantSection } from './annex.ts';
import { fixed, type KeyFigure, type ReportDocument, type Section, shown } from './document-parts.ts';
import { balanceSection, energySection } from './energy-section.ts';
import { inventorySection, timeSection } from './inventory-section.ts';
import { qualitySection, restatedSection } from './quality-annex.ts';
import { columnOf, coverageOf } from './range-sums.ts';
import type { Comparison, MarketWhy, Report } from './report-shape.ts';
import { heldSection } from './targets-section.ts';
import { shareOut, total, type Users, usersSection } from './users-section.ts';
import { changeInWords, coverageText, makeWriter, type ReportWriter, scopeSteps } from './writer.ts';

export function documentOf(report: Report, language: Language): ReportDocument {
  const writer = makeWriter(report, language);
  const { words } = writer;
  const users = shareOut(writer);
  const { period, park } = report;
  const nothing = report.totals.intervals === 0;
  return {
    language,
    title: words.title,
    park: writer.text(park.name),
    period: writer.periodName(period),
    range: words.period.range(period.first, period.last, String(period.days), park.timeZone),
    marks: marksOf(writer),
    facts: factsOf(writer),
    keyFigures: nothing ? [] : keyFiguresOf(writer, users),
    summary: nothing ? [words.summary.nothing(writer.periodName(period))] : summaryOf(writer),
    sections: nothing ? [restatedSection(writer)].filter(says) : sectionsOf(writer, users),
    credits: park.credits,
  };
}

function sectionsOf(writer: ReportWriter, users: Users): Section[] {
  return [
    // An inventory by scope exists only for direct emissions.
    ...(writer.report.set === 'direct' ? [inventorySection(writer)] : []),
    timeSection(writer),
    energySection(writer),
    usersSection(writer, users),
    heldSection(writer, users),
    balanceSection(writer),
    methodSection(writer),
    factorSection(writer),
    assetSection(writer, users),
    plantSection(writer),
    qualitySection(writer, users),
    restatedSection(writer),
  ].filter(says);
}

/** Whether a section has content: tables, or text if it is one of the two text sections. */
function says({ id, tables }: Section): boolean {
  return tables.length > 0 || id === 'method' || id === 'restated';
}

function marksOf({ report, words, ...writer }: ReportWriter): string[] {
  const coverage = coverageOf(report.totals);
  return [
    ...(report.park.fictional ? [words.mark.fictional] : []),
    ...(report.simulated ? [words.mark.simulated] : []),
    ...(report.open ? [words.mark.open] : []),
    ...(coverage < 0.9995 ? [words.mark.partial(writer.percent(coverage))] : []),
    ...(report.set === 'lifecycle' ? [words.mark.lifecycle] : []),
  ];
}

function factsOf({ report, words, text, moment }: ReportWriter): ReportDocument['facts'] {
  const { reporting, park } = report;
  const place = park.place === null ? park.country : text(park.place);
  const facts: [string, string | undefined][] = [
    [words.fact.organisation, reporting?.organisation === undefined ? undefined : text(reporting.organisation)],
    [words.fact.contact, reporting?.contact],
    [words.fact.place, place],
    [words.fact.boundary, reporting?.boundary === undefined ? words.fact.notStated : text(reporting.boundary)],
    [words.fact.verification, reporting?.verification === undefined ? words.fact.notStated : text(reporting.verification)],
    [words.fact.prepared, moment(report.preparedAt)],
    [words.fact.basis, words.fact.basisOf(report.editions.map(({ id }) => id).join(', ') || words.fact.none, report.software)],
  ];
  return facts.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
}

function keyFiguresOf(writer: ReportWriter, users: Users): KeyFigure[] {
  const { words, report, steps, carbon, energy } = writer;
  const of = (name: string) => columnOf(report.totals, name);
  const used = of('consumption.Wh');
  const perUsed = (name: string, digits: number, times: number) => {
    const part = of(name);
    return part === null || used === null || used <= 0 ? null : fixed((part / used) * times, digits);
  };
  const area = users.groups.reduce((sum, group) => sum + group.floorArea_m2, 0);
  const perArea = Number.isNaN(steps.total) || area <= 0 ? null : (steps.total * carbon.step) / 1e6 / area;
  const short = (step: number) => writer.number(shown(step, carbon), carbon.digits);
  const lifecycle = report.set === 'lifecycle';
  const noMarket = whyNoMarket(writer);
  const carried = {
    label: words.key.attributed,
    value: shown(steps.attributed, carbon),
    digits: carbon.digits,
    unit: words.unit.t,
    note: words.mark.lifecycle,
  };
  return [
    ...(lifecycle
      ? [carried]
      : [
          {
            label: words.key.total,
            value: shown(steps.total, carbon),
            digits: carbon.digits,
            unit: words.unit.t,
            note: words.key.ofScopes(short(steps.scope1), short(steps.scope2)),
          },
          {
            label: words.key.market,
            value: shown(steps.totalMarket, carbon),
            digits: carbon.digits,
            unit: words.unit.t,
            note: noMarket === null ? words.key.ofScopes(short(steps.scope1), short(steps.market)) : words.key.noMarket[noMarket],
          },
        ]),
    {
      label: words.key.energy,
      value: shown(total(users.energy), energy),
      digits: energy.digits,
      unit: words.unit.MWh,
      note: words.key.carriers(String(report.carriers.length)),
    },
    { label: words.key.intensity, value: perUsed('consumption.mg', 0, 1), digits: 0, unit: words.unit.g, note: writer.MWh(used) },
    { label: words.key.renewable, value: perUsed('renewable.Wh', 1, 100), digits: 1, unit: words.unit.percent, note: words.key.byTracing },
    ...(lifecycle
      ? []
      : [
          {
            label: words.key.perArea,
            value: fixed(perArea, 1),
            digits: 1,
            unit: words.unit.kgPerM2,
            note: words.key.ofFloor(writer.number(area, 0)),
          },
        ]),
  ];
}

/** Null where there is a market-based total. Scope 2 may be known and Scope 1 not: then there is no total. */
function whyNoMarket({ report, steps }: ReportWriter): MarketWhy | null {
  return report.market.why ?? (Number.isNaN(steps.totalMarket) ? 'notKnown' : null);
}

function summaryOf(writer: ReportWriter): string[] {
  const { words, report, steps, carbon } = writer;
  const { summary } = words;
  const name = writer.periodName(report.period);
  const of = (column: string) => columnOf(report.totals, column);
  const lifecycle = report.set === 'lifecycle';
  const scopes = lifecycle
    ? summary.lifecycle(name, writer.tonnes(steps.attributed))
    : Number.isNaN(steps.total)
      ? summary.noScopes(name)
      : summary.scopes(name, writer.tonnes(steps.total), writer.tonnes(steps.scope1), writer.tonnes(steps.scope2));
  const noMarket = whyNoMarket(writer);
  const market = noMarket === null ? summary.market(writer.tonnes(steps.totalMarket)) : summary.noMarket[noMarket];
  const compare = (other: Comparison) => {
    const change = other.comparable ? changeInWords(steps.total, scopeSteps(other, carbon).total) : null;
    if (change === null) return [];
    const size = `${writer.number(Math.abs(change), 1)} %`;
    const period = writer.periodName(other.period);
    return [change === 0 ? summary.same(period) : change < 0 ? summary.less(size, period) : summary.more(size, period)];
  };
  const changes = report.previous.period.id === report.yearBefore.period.id ? [report.previous] : [report.previous, report.yearBefore];
  const compared = changes.flatMap(compare);
  const used = of('consumption.Wh');
  const [mg, renewable, estimated] = [of('consumption.mg'), of('renewable.Wh'), of('estimated.Wh')];
  const electricity =
    used === null || used <= 0 || mg === null || renewable === null
      ? []
      : [summary.electricity(writer.MWh(used), `${writer.number(mg / used, 0)} ${words.unit.g}`, writer.percent(renewable / used))];
  const coverage = coverageText(writer, report.totals);
  const quality =
    estimated === null || used === null || used <= 0
      ? summary.coverage(coverage)
      : summary.quality(coverage, writer.percent(estimated / used));
  return [
    writer.join([scopes, ...(report.set === 'direct' ? [market] : [])]),
    writer.join([...(lifecycle ? [] : [compared.length > 0 ? summary.change(compared) : summary.noChange]), ...electricity]),
    writer.join([quality, ...(report.open ? [summary.open] : [])]),
  ];
}
