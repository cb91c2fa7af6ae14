/** Why a park has no life-cycle set, as a text for programs and logs; screens have their own texts. */
import type { LifecycleLacks } from '../park/park.ts';

/** The most that are named; of the rest only the number is given. */
const mostNamed = 6;

export function lackingText(lacking: LifecycleLacks | null | undefined): string {
  const named = [
    ...(lacking?.sources ?? []).map(({ asset, port }) => `${asset} ${port}`),
    ...(lacking?.fallback ?? []).map((carrier) => `${carrier} of last resort`),
  ];
  if (named.length === 0) return 'the park states no life-cycle factors (carbon.lifecycle of park.yaml)';
  const more = named.length > mostNamed ? ` and ${named.length - mostNamed} more` : '';
  return `no life-cycle factor for ${named.slice(0, mostNamed).join(', ')}${more} (carbon.lifecycle of park.yaml)`;
}
