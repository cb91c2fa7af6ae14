/** Where the eye looks at this moment: written by the scene whenever it turns, read by the compass without React. */

export const eye = {
  /** Degrees clockwise from north of what is up in the picture. */
  heading_deg: 0,
  /** How steeply it looks down, degrees. */
  down_deg: 30,
};

const listeners = new Set<() => void>();

export function onTurn(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Nothing is said of turns that nobody could see. */
export function turnEye(heading_deg: number, down_deg: number): void {
  if (Math.abs(heading_deg - eye.heading_deg) < 0.1 && Math.abs(down_deg - eye.down_deg) < 0.1) return;
  eye.heading_deg = heading_deg;
  eye.down_deg = down_deg;
  for (const listener of listeners) listener();
}
