/** What a part of the park is called that can be singled out. */
import { useCallback } from 'react';
import type { Isolation, Only } from '../live/isolate.ts';
import { useWords } from '../locales/use-words.ts';
import { useParkView } from './use-park-view.ts';

export function useGroupName(): (only: Only) => string {
  const { t, text, number } = useWords();
  const { tenants } = useParkView().metadata;
  return useCallback(
    ({ by, value }: Only): string => {
      const named: Record<Isolation, () => string> = {
        kind: () => t(`kind.${value as 'building'}`, { defaultValue: value }),
        carrier: () => t(`carrier.${value as 'electricity'}`, { defaultValue: value }),
        tenant: () => text(tenants.find(({ id }) => id === value)?.name ?? { en: value }),
        area: () => {
          const [low = '', high = ''] = value.split('-');
          const range = high === '' ? `≥ ${number(Number(low))}` : `${number(Number(low))} – ${number(Number(high))}`;
          return `${t('inspector.floorArea')} ${range} m²`;
        },
      };
      return named[by]();
    },
    [t, text, number, tenants],
  );
}
