/** Two fingers that turn about each other turn the picture, as on a map. CameraControls itself handles moving and pinching. */

type Point = { x: number; y: number };

/** How far the line from one finger to the other has turned, radians, clockwise on the screen. */
export function twistOf(a: Point, b: Point, a2: Point, b2: Point): number {
  const turned = Math.atan2(b2.y - a2.y, b2.x - a2.x) - Math.atan2(b.y - a.y, b.x - a.x);
  return Math.atan2(Math.sin(turned), Math.cos(turned));
}

export function onTwist(canvas: HTMLElement, turn: (angle: number) => void): () => void {
  const fingers = new Map<number, Point>();
  const down = (event: PointerEvent) => {
    if (event.pointerType === 'touch') fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };
  const move = (event: PointerEvent) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    fingers.set(event.pointerId, now);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (fingers.size === 2 && other) turn(twistOf(other, before, other, now));
  };
  const up = (event: PointerEvent) => fingers.delete(event.pointerId);
  canvas.addEventListener('pointerdown', down);
  addEventListener('pointermove', move);
  addEventListener('pointerup', up);
  addEventListener('pointercancel', up);
  return () => {
    canvas.removeEventListener('pointerdown', down);
    removeEventListener('pointermove', move);
    removeEventListener('pointerup', up);
    removeEventListener('pointercancel', up);
  };
}
