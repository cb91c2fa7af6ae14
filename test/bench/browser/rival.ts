/** What each of the three ways to draw 10,000 coloured assets lets the bench do, so that all are measured by the same code. */

export interface Rival {
  /** Another colour for every asset. */
  recolour: (round: number) => void;
  /** Submits a frame from another side of the park, `turn` in radians. */
  orbit: (turn: number) => void;
  /** Submits a frame. */
  draw: () => void;
  /** Waits until the last frame is drawn. */
  finish: () => void;
  calls: () => number;
  triangles: () => number;
  textures: () => number;
  geometries: () => number;
  end: () => void;
}

/** Reading a pixel makes the driver finish what was asked of it. */
export function waitFor(gl: WebGL2RenderingContext | WebGLRenderingContext): void {
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
}

/** A number in 0…1 that differs from asset to asset and round to round. */
export const luck = (i: number, round: number) => {
  const x = Math.sin(i * 12.9898 + round * 78.233) * 43758.5453;
  return x - Math.floor(x);
};
