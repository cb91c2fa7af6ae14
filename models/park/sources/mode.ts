/** How a park's time and values come about; said in the header. */
export const modes = ['live', 'simulated', 'replayed'] as const;
export type Mode = (typeof modes)[number];
