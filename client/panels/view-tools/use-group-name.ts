/** The name of a part of the park that can be isolated. */
import { useCallback } from 'react';
import type { Carrier } from '../../../models/carriers.ts';
import type { AssetKind } from '../../../models/kinds/kinds.ts';
import type { CountedMark } from '../../../models/telemetry/marks.ts';
import type { Only } from '../../live/choices.ts';
import { useWords } from '../../locales/use-words.ts';
import { useParkView } from '../values/use-park-view.ts';

export function useGroupName(): (only: Only) => string {
  const { t, text, number } = useWords();
  const { tenants } = useParkView().metadata;
  return useCallback(
    ({ by, value }: Only) => {
      if (by === 'mark') return t(`mark.${value as CountedMark}`);
      if (by === 'kind') return t(`kind.${value as AssetKind}`);
      if (by === 'carrier') return t(`carrier.${value as Carrier}`);
      if (by === 'tenant') {
        const tenant = tenants.find((one) => one.id === value);
        return tenant ? text(tenant.name) : value;
      }
      const [low = '', high = ''] = value.split('-');
      const bounds = { low: number(Number(low)), high: number(Number(high)) };
      return t(high === '' ? 'look.only.areaAbove' : low === '0' ? 'look.only.areaBelow' : 'look.only.areaBetween', bounds);
    },
    [t, text, number, tenants],
  );
}
