/** A tree as seen from afar: ten triangles for any species, of unit height. */
import type { TreeForm } from './tree-form.ts';

export function farTree(): TreeForm {
  const position: number[] = [];
  const normal: number[] = [];
  const color: number[] = [];
  const index: number[] = [];
  const push = (x: number, y: number, z: number, up: number, shade: number) => {
    position.push(x, y, z);
    const l = Math.hypot(x, up, z) || 1;
    normal.push(x / l, up / l, z / l);
    color.push(shade, shade, shade * 0.94);
    return position.length / 3 - 1;
  };
  const sides = 5;
  const ring = Array.from({ length: sides }, (_, i) => {
    const t = (2 * Math.PI * i) / sides;
    return push(0.3 * Math.cos(t), 0.5, 0.3 * Math.sin(t), 0.1, 0.86);
  });
  const foot = push(0, 0.1, 0, -0.5, 0.58);
  const top = push(0, 1, 0, 1, 1.02);
  for (let i = 0; i < sides; i++) {
    const [a, b] = [ring[i], ring[(i + 1) % sides]] as [number, number];
    index.push(a, top, b, b, foot, a);
  }
  return {
    position: Float32Array.from(position),
    normal: Float32Array.from(normal),
    color: Float32Array.from(color),
    index: Uint16Array.from(index),
  };
}
