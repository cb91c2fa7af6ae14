/** Steps in which the past can be requested. Days, months and years are the park's own; days have 23 to 25 hours. */
export const steps = ['interval', 'hour', 'day', 'month', 'year'] as const;
export type LedgerStep = (typeof steps)[number];
