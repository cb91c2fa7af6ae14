/** Columns of what is traced: carbon, energy of sources without factor, renewable energy, then primary energy by source kind. */
import { sourceKinds } from '../energy-sources.ts';

export const carbonColumn = 0;
export const unknownColumn = 1;
export const renewableColumn = 2;
export const kindColumn = 3;
export const columns = kindColumn + sourceKinds.length;
