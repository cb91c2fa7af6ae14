/** How a park gets its time and values; shown in the header. */
export const modes = ['live', 'simulated', 'replayed'] as const;
export type Mode = (typeof modes)[number];
