/** The figures of a story as text in a language. */
import type { Resolved } from '../live/story-figures.ts';
import type { Formats } from './formats.ts';

/** As exact as a sentence needs: powers to two figures, shares in whole percents. */
export function figureText(
  { value, unit }: Pick<Resolved, 'value' | 'unit'>,
  formats: Pick<Formats, 'roughly' | 'share' | 'intensity'>,
): string {
  if (unit === 'share') return formats.share(value);
  const { value: number, unit: name } = unit === 'kW' ? formats.roughly(value) : formats.intensity(value);
  return name ? `${number} ${name}` : number;
}
