/** Sources or uses of a followed asset as rows of a list: what each is called, what else is to be said of it. */
import type { FollowAnswer } from '../../../models/carbon/follow.ts';
import type { Carrier } from '../../../models/carriers.ts';
import type { SourceKind } from '../../../models/source-kinds.ts';
import { carrierOf, type PortId } from '../../../models/units.ts';
import type { useWords } from '../../locales/use-words.ts';
import type { ShownAsset } from './AssetSheet.tsx';

export interface End {
  key: string;
  asset: string;
  /** Colour of a source; null for uses. */
  kind: SourceKind | null;
  name: string;
  note: string;
  share: number;
  power_kW: number;
  /** NaN for uses: they carry what the source gives. */
  intensity_gPerKwh: number;
  path: string[];
  part: number;
}

type Words = Pick<ReturnType<typeof useWords>, 't' | 'text' | 'share'>;

export function endsOf(answer: FollowAnswer, assets: readonly ShownAsset[], { t, text, share }: Words): End[] {
  const found = (id: string) => assets.find((one) => one.id === id);
  const nameOf = (id: string) => text(found(id)?.name ?? { en: id });
  const sources = answer.sources.map((source, i): End => {
    const held = (source.held ?? []).filter((one) => one.share >= 0.005);
    const parts = held.map((one) => t('follow.part', { share: share(one.share), name: t(`source.${one.kind}`) })).join(' · ');
    return {
      key: `${source.asset}/${source.port}/${source.port === null ? i : ''}`,
      asset: source.asset,
      kind: source.kind,
      name: source.port === null ? t('follow.unmetered', { name: nameOf(source.asset) }) : nameOf(source.asset),
      note: parts === '' ? '' : t('follow.held', { parts }),
      share: source.share,
      power_kW: source.power_kW,
      intensity_gPerKwh: source.intensity_gPerKwh ?? Number.NaN,
      path: source.path,
      part: source.part,
    };
  });
  const uses = answer.uses.map((use, i): End => {
    const several = (found(use.asset)?.ports.length ?? 0) > 1;
    const carrier = use.port === null ? null : carrierOf(use.port as PortId);
    const notes = [
      several && carrier !== null ? t(`carrier.${carrier as Carrier}`) : '',
      use.kind === 'charge' || use.kind === 'export' || use.kind === 'plant' ? t(`follow.kind.${use.kind}`) : '',
    ];
    return {
      key: `${use.asset}/${use.port}/${use.port === null ? i : ''}`,
      asset: use.asset,
      kind: null,
      name: use.port === null ? t('follow.unmeteredUse', { name: nameOf(use.asset) }) : nameOf(use.asset),
      note: notes.filter((note) => note !== '').join(' · '),
      share: use.share,
      power_kW: use.power_kW,
      intensity_gPerKwh: Number.NaN,
      path: use.path,
      part: use.part,
    };
  });
  return [...sources, ...uses];
}
