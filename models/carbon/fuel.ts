import { type Carrier, fuels } from '../units.ts';

/** Carbon of these leaves a chimney where they are converted. Hydrogen burns to water. */
export function isBurnt(carrier: Carrier): boolean {
  return fuels.has(carrier) && carrier !== 'hydrogen';
}
