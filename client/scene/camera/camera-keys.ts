/** Keys that move the camera while the canvas has the focus. */
import type { CameraControls } from '@react-three/drei/core/CameraControls';

type Act = (c: CameraControls, turning: boolean, smooth: boolean) => void;

const turn = Math.PI / 14;
const step = (c: CameraControls) => c.distance * 0.12;

export const cameraKeys: Record<string, Act> = {
  ArrowLeft: (c, turning, smooth) => void (turning ? c.rotate(-turn, 0, smooth) : c.truck(-step(c), 0, smooth)),
  ArrowRight: (c, turning, smooth) => void (turning ? c.rotate(turn, 0, smooth) : c.truck(step(c), 0, smooth)),
  ArrowUp: (c, turning, smooth) => void (turning ? c.rotate(0, -turn / 2, smooth) : c.forward(step(c), smooth)),
  ArrowDown: (c, turning, smooth) => void (turning ? c.rotate(0, turn / 2, smooth) : c.forward(-step(c), smooth)),
  '+': (c, _, smooth) => void c.dolly(step(c) * 1.6, smooth),
  '=': (c, _, smooth) => void c.dolly(step(c) * 1.6, smooth),
  '-': (c, _, smooth) => void c.dolly(-step(c) * 1.6, smooth),
};
