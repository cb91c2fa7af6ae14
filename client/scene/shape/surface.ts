/** Kinds of ground surface, by the numbers that the shader uses (shaders/ground.ts). */
export const surface = { plain: 0, green: 1, water: 2, asphalt: 3, paving: 4, marking: 5, field: 6, gravel: 7 } as const;
