import { useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { Raycaster, Vector2 } from 'three';
import { flyTo, hover, select, useChoices } from '../live/choices.ts';
import { hold_ms } from './camera/walk-controls.ts';
import { pick, targetsOf } from './pick.ts';
import { polylines } from './shape/projected.ts';
import { distanceToSegment, type Vec } from './shape/ring.ts';
import { type Stage, useStage } from './stage.ts';

/** Movement of a press, in pixels, up to which it is a click and not a drag. */
const slack = 6;

function nearestLine(stage: Stage, at: Vec, reach: number): string | null {
  const { carriers } = useChoices.getState();
  let best: string | null = null;
  let least = reach;
  for (const line of stage.park.lines) {
    if (!line.geometry || carriers[line.carrier] === false) continue;
    for (const course of polylines(line.geometry, stage.project)) {
      for (let i = 1; i < course.length; i++) {
        const d = distanceToSegment(at, course[i - 1] as Vec, course[i] as Vec);
        if (d < least) {
          least = d;
          best = line.id;
        }
      }
    }
  }
  return best;
}

/** Hover, click, tap, double click: what is under the pointer, worked out from footprints rather than triangles. */
export function Pointer() {
  const stage = useStage();
  const gl = useThree((s) => s.gl);
  const camera = useThree((s) => s.camera);
  const targets = useMemo(() => targetsOf(stage.sites), [stage]);

  useEffect(() => {
    const canvas = gl.domElement;
    const ray = new Raycaster();
    const place = new Vector2();
    const under = (event: PointerEvent | MouseEvent): string | null => {
      const box = canvas.getBoundingClientRect();
      place.set(((event.clientX - box.left) / box.width) * 2 - 1, 1 - ((event.clientY - box.top) / box.height) * 2);
      ray.setFromCamera(place, camera);
      const { origin: o, direction: d } = ray.ray;
      const hit = pick(targets, [o.x, -o.z, o.y], [d.x, -d.z, d.y]);
      if (hit) return hit.site.asset.id;
      const t = stage.groundAlong([o.x, -o.z, o.y], [d.x, -d.z, d.y]);
      if (t === null) return null;
      return nearestLine(stage, [o.x + d.x * t, -(o.z + d.z * t)], Math.min(12, Math.max(1.5, t * 0.006)));
    };

    let pressed: { x: number; y: number; at: number } | null = null;
    let waiting: PointerEvent | null = null;
    const look = () => {
      if (!waiting) return;
      const id = under(waiting);
      waiting = null;
      hover(id);
      canvas.style.cursor = id ? 'pointer' : 'grab';
    };
    const move = (event: PointerEvent) => {
      if (event.buttons !== 0 || event.pointerType === 'touch') return;
      if (!waiting) requestAnimationFrame(look);
      waiting = event;
    };
    const press = (event: PointerEvent) => {
      pressed = event.isPrimary && event.button === 0 ? { x: event.clientX, y: event.clientY, at: event.timeStamp } : null;
    };
    // Selects on `click`, not on `pointerup`: the click comes later and would hit whatever has opened under the finger meanwhile.
    const choose = (event: MouseEvent) => {
      if (!pressed || Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > slack) return;
      // A touch held this long was a walk (camera/walk-controls.ts).
      const walked = useChoices.getState().walking && event.timeStamp - pressed.at > hold_ms;
      pressed = null;
      if (!walked) select(under(event));
    };
    const enter = (event: MouseEvent) => {
      const id = under(event);
      if (id) flyTo(id);
    };
    const leave = () => {
      waiting = null;
      hover(null);
    };
    canvas.addEventListener('pointermove', move);
    canvas.addEventListener('pointerdown', press);
    canvas.addEventListener('click', choose);
    canvas.addEventListener('dblclick', enter);
    canvas.addEventListener('pointerleave', leave);
    return () => {
      canvas.removeEventListener('pointermove', move);
      canvas.removeEventListener('pointerdown', press);
      canvas.removeEventListener('click', choose);
      canvas.removeEventListener('dblclick', enter);
      canvas.removeEventListener('pointerleave', leave);
    };
  }, [gl, camera, stage, targets]);
  return null;
}
