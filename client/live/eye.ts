/** Where the camera looks now: written by the scene whenever it turns, read by the compass without React. */

export const eye = {
  /** Direction that is up in the picture, degrees clockwise from north. */
  heading_deg: 0,
  /** How steeply the camera looks down, degrees. */
  down_deg: 30,
};

const listeners = new Set<() => void>();

export function onTurn(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Ignores turns that are too small to see. */
export function turnEye(heading_deg: number, down_deg: number): void {
  if (Math.abs(heading_deg - eye.heading_deg) < 0.1 && Math.abs(down_deg - eye.down_deg) < 0.1) return;
  eye.heading_deg = heading_deg;
  eye.down_deg = down_deg;
  for (const listener of listeners) listener();
}
