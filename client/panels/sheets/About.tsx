/** What this park is, how it is accounted, what is not known about it, and whose data it is. */
import { projector } from '../../../models/park/park.ts';
import { mirror, valueAt } from '../../live/mirror.ts';
import { choose, closeSheet } from '../../live/open-sheet.ts';
import { useWords } from '../../locales/use-words.ts';
import { Sheet, SheetPart } from '../../ui/Sheet.tsx';
import { FactorText } from '../values/FactorText.tsx';
import { LiveAmount } from '../values/LiveAmount.tsx';
import { useMirror } from '../values/use-mirror.ts';
import { useParkView } from '../values/use-park-view.ts';

/** Warnings beyond these are only counted. */
const most = 8;

export function About() {
  const { t, text, number } = useWords();
  const park = useParkView();
  const { metadata } = park;
  const { warnings = [] } = metadata;
  const factors = [...new Map(metadata.sources.flatMap((s) => (s.factor ? [[s.factor.id, s] as const] : []))).values()];
  const name = (id: string) => text(park.assets.find((a) => a.id === id)?.name ?? { en: id });
  const [width, depth] = extent(
    park.assets.map((a) => a.centroid),
    metadata.place,
  );
  const place = metadata.place.name ? text(metadata.place.name) : metadata.place.country;
  return (
    <Sheet
      title={text(metadata.name)}
      label={t('about.title')}
      eyebrow={t('about.title')}
      onClose={closeSheet}
      closeLabel={t('inspector.close')}
    >
      {metadata.fictional ? <p className="doubt">{t('about.fictional')}</p> : null}
      {metadata.description ? <p className="lead">{text(metadata.description)}</p> : null}
      <SheetPart title={t('about.contents')}>
        <p>
          {[
            t('about.assets', { count: park.assets.length }),
            t('about.lines', { count: park.lines.length }),
            t('about.points', { count: park.points.length }),
          ].join(' · ')}
        </p>
        <dl className="rows">
          <div className="row">
            <dt className="muted">{t('about.place')}</dt>
            <dd>
              {place} <span className="muted num">{`${number(width / 1000, undefined, 1)} × ${number(depth / 1000, 'km', 1)}`}</span>
            </dd>
          </div>
          <div className="row">
            <dt className="muted">{t('about.zone')}</dt>
            <dd>{metadata.timeZone}</dd>
          </div>
          {metadata.gridZone ? (
            <div className="row">
              <dt className="muted">{t('about.gridZone')}</dt>
              <dd>{metadata.gridZone}</dd>
            </div>
          ) : null}
        </dl>
      </SheetPart>
      <SheetPart title={t('about.methods')}>
        <ul className="notes">
          <li className="note">{t('about.preliminary')}</li>
          <li className="note">
            {t('about.cogeneration', {
              method: t(`method.${metadata.cogenerationMethod as 'energy'}`, { defaultValue: metadata.cogenerationMethod }),
            })}
          </li>
          <li className="note">{t(metadata.losses === 'toLoad' ? 'about.lossesToLoad' : 'about.lossesSeparate')}</li>
        </ul>
      </SheetPart>
      {factors.length > 0 ? (
        <SheetPart title={t('about.factors')}>
          <ul className="notes">
            {factors.map((source) => (
              <li key={source.asset + source.port} className="note">
                {source.factor ? <FactorText factor={source.factor} estimated={source.estimated} /> : null}
              </li>
            ))}
          </ul>
        </SheetPart>
      ) : null}
      {metadata.unmetered.length > 0 ? (
        <SheetPart title={t('about.rests')}>
          <ul className="rows">
            {metadata.unmetered.map((rest) => (
              <li className="row" key={`${rest.asset}/${rest.carrier}`}>
                <button type="button" className="text-button" onClick={() => choose(rest.asset, true)}>
                  {text(rest.name)}
                </button>
                <Rest id={`${rest.asset}/${rest.carrier}`} />
              </li>
            ))}
          </ul>
        </SheetPart>
      ) : null}
      {metadata.spreads.length > 0 ? (
        <SheetPart title={t('about.spreads')}>
          <ul className="notes">
            {metadata.spreads.map((spread) => (
              <li key={spread.id} className="note">
                {t('about.spreadOver', { count: spread.assets, name: text(spread.name ?? { en: spread.id }) })}
                {spread.note ? <> {text(spread.note)}</> : null}
                {spread.exclusions.slice(0, most).map((left) => (
                  <span key={left.asset} className="block">
                    {t('about.excluded', { asset: name(left.asset), reason: text(left.reason) })}
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </SheetPart>
      ) : null}
      {warnings.length > 0 ? (
        <SheetPart title={t('about.warnings', { count: warnings.length })}>
          <ul className="notes">
            {warnings.slice(0, most).map((warning) => (
              <li key={warning.file + warning.feature + warning.field + warning.message} className="note">
                <b>{[warning.file, warning.feature, warning.field].filter(Boolean).join(' › ')}</b> {warning.message}{' '}
                {t('about.mend', { mend: warning.mend })}
              </li>
            ))}
          </ul>
          {warnings.length > most ? <p className="note">{t('about.moreWarnings', { count: warnings.length - most })}</p> : null}
        </SheetPart>
      ) : null}
      {metadata.credits.length > 0 ? (
        <SheetPart title={t('about.credits')}>
          <ul className="notes">
            {metadata.credits.map((credit) => (
              <li key={credit} className="note">
                {credit}
              </li>
            ))}
          </ul>
        </SheetPart>
      ) : null}
    </Sheet>
  );
}

function Rest({ id }: { id: string }) {
  const { t, power } = useWords();
  const read = () => valueAt(mirror.layout?.unmetered.get(id)?.power);
  const conflict = useMirror(() => valueAt(mirror.layout?.unmetered.get(id)?.conflict) === 1);
  const isSource = useMirror(() => read() < 0);
  return (
    <span>
      <LiveAmount read={() => power(Math.abs(read()))} />
      {isSource ? <span className="muted"> {t('about.restSource')}</span> : null}
      {conflict ? <span className="doubt"> {t('about.conflict')}</span> : null}
    </span>
  );
}

/** Metres east–west and north–south. */
function extent(centroids: readonly [number, number][], place: { lon: number; lat: number }): [number, number] {
  const project = projector(place);
  const points = centroids.map(([lon, lat]) => project(lon, lat));
  const span = (values: number[]) => (values.length === 0 ? 0 : Math.max(...values) - Math.min(...values));
  return [span(points.map(([x]) => x)), span(points.map(([, y]) => y))];
}
