/** Steps that the past can be asked in. Days, months and years are the park's own, of 23 to 25 hours. */
export const steps = ['interval', 'hour', 'day', 'month', 'year'] as const;
export type LedgerStep = (typeof steps)[number];
