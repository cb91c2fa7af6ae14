import { CameraControls, CameraControlsImpl } from '@react-three/drei/core/CameraControls';
import { useThree } from '@react-three/fiber';
import { useCallback, useEffect, useRef } from 'react';
import { Box3, type PerspectiveCamera, Vector3 } from 'three';
import { useView } from '../live/view.ts';
import { framed, homeView, type Margins, type Viewpoint } from './home-view.ts';
import { polylines } from './shape/ground.ts';
import { type Stage, useStage } from './stage.ts';

type Controls = CameraControls;

/** How far over the edge of things the first view keeps away from the panels, as a fraction of the picture. */
const air = 0.035;
const flightPitch = (33 * Math.PI) / 180;

function marginsOf(width: number, height: number): Margins {
  const { insets } = useView.getState();
  // Panels may cover most of a phone: the park keeps at least half of the picture.
  const share = (px: number, of: number) => Math.min(0.42, px / Math.max(1, of)) + air;
  return {
    top: share(insets.top, height),
    right: share(insets.right, width),
    bottom: share(insets.bottom, height),
    left: share(insets.left, width),
  };
}

/** What to look at when flying to an asset or a line: its corners, or null when it has no place. */
function pointsOf(stage: Stage, id: string): [number, number, number][] | null {
  const site = stage.site.get(id);
  if (site) {
    const { centre, base, ground, asset } = site;
    const reach = Math.max(55, site.frame.length * 0.75, asset.height_m * 0.8);
    return [-1, 1].flatMap((sx) =>
      [-1, 1].flatMap((sy) =>
        [ground, ground + base + asset.height_m].map(
          (z) => [centre[0] + sx * reach, centre[1] + sy * reach, z] as [number, number, number],
        ),
      ),
    );
  }
  const line = stage.park.lines.find((l) => l.id === id);
  if (!line?.geometry) return null;
  return polylines(line.geometry, stage.project).flatMap((course) =>
    course.map((p) => [p[0], p[1], stage.heightAt(p[0], p[1])] as [number, number, number]),
  );
}

/** The eye: starts on the best view of the whole park, flies to what is chosen, never goes under the ground or loses the park. */
export function Camera() {
  const stage = useStage();
  const controls = useRef<Controls>(null);
  const { size, gl } = useThree();
  const camera = useThree((s) => s.camera) as PerspectiveCamera;
  const moved = useRef(false);
  const calm = useCallback(() => !matchMedia('(prefers-reduced-motion: reduce)').matches, []);

  const go = useCallback(
    (view: Viewpoint, smooth: boolean) => void controls.current?.setLookAt(...view.position, ...view.target, smooth),
    [],
  );
  const home = useCallback(
    (smooth: boolean) => {
      moved.current = false;
      const aspect = size.width / Math.max(1, size.height);
      go(homeView(stage.extent, aspect, camera.fov, stage.park.metadata.place.lat, marginsOf(size.width, size.height)), smooth);
    },
    [stage, size, camera, go],
  );

  // The whole park again when the window changes, unless somebody has taken the camera elsewhere.
  useEffect(() => {
    const c = controls.current;
    if (!c) return;
    const { centre, radius, low, high } = stage.extent;
    camera.near = Math.max(0.5, radius / 600);
    camera.far = radius * 16;
    camera.updateProjectionMatrix();
    c.minDistance = 12;
    c.maxDistance = radius * 4.5;
    c.maxPolarAngle = (86.5 * Math.PI) / 180;
    c.dollyToCursor = true;
    // Dragging with the other button (or two fingers) moves over the ground, not up and down in the air.
    c.mouseButtons.right = CameraControlsImpl.ACTION.SCREEN_PAN;
    // The library does this but its type leaves it out.
    c.touches.two = CameraControlsImpl.ACTION.TOUCH_DOLLY_SCREEN_PAN as typeof c.touches.two;
    c.touches.three = CameraControlsImpl.ACTION.TOUCH_ROTATE;
    c.smoothTime = 0.32;
    c.draggingSmoothTime = 0.09;
    c.setBoundary(
      new Box3(new Vector3(centre[0] - radius, low, -centre[1] - radius), new Vector3(centre[0] + radius, high + 80, -centre[1] + radius)),
    );
    if (!moved.current) home(false);
  }, [stage, camera, home]);

  const fly = useCallback(
    (to: string, smooth: boolean) => {
      const points = pointsOf(stage, to);
      const c = controls.current;
      if (!points || !c) return;
      moved.current = true;
      const target = c.getTarget(new Vector3());
      // Keep the bearing one has: a flight that also turns makes people lose their place.
      const bearing = Math.atan2(camera.position.x - target.x, target.z - camera.position.z + 1e-9);
      const aspect = size.width / Math.max(1, size.height);
      go(framed(points, bearing, flightPitch, aspect, camera.fov, marginsOf(size.width, size.height), stage.extent.centre), smooth);
    },
    [stage, camera, size, go],
  );

  // A link may ask for an asset before the scene is there.
  const first = useRef(true);
  useEffect(() => {
    const { flight } = useView.getState();
    if (first.current && flight?.to) fly(flight.to, false);
    first.current = false;
    return useView.subscribe((now, before) => {
      if (now.insets !== before.insets && !moved.current && !now.selected) home(calm());
      if (!now.flight || now.flight === before.flight) return;
      if (now.flight.to === null) home(calm());
      else fly(now.flight.to, calm());
    });
  }, [fly, home, calm]);

  useEffect(() => {
    const canvas = gl.domElement;
    const step = () => (controls.current?.distance ?? 100) * 0.12;
    const turn = Math.PI / 14;
    const keys: Record<string, (c: Controls, turning: boolean) => void> = {
      ArrowLeft: (c, turning) => void (turning ? c.rotate(-turn, 0, calm()) : c.truck(-step(), 0, calm())),
      ArrowRight: (c, turning) => void (turning ? c.rotate(turn, 0, calm()) : c.truck(step(), 0, calm())),
      ArrowUp: (c, turning) => void (turning ? c.rotate(0, -turn / 2, calm()) : c.forward(step(), calm())),
      ArrowDown: (c, turning) => void (turning ? c.rotate(0, turn / 2, calm()) : c.forward(-step(), calm())),
      '+': (c) => void c.dolly(step() * 1.6, calm()),
      '=': (c) => void c.dolly(step() * 1.6, calm()),
      '-': (c) => void c.dolly(-step() * 1.6, calm()),
    };
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Home') home(calm());
      else {
        const act = keys[event.key];
        if (!act || !controls.current) return;
        moved.current = true;
        act(controls.current, event.shiftKey);
      }
      event.preventDefault();
    };
    canvas.addEventListener('keydown', press);
    return () => canvas.removeEventListener('keydown', press);
  }, [gl, home, calm]);

  // Where no graphics card draws, fewer pixels while the eye moves, and all of them when it rests.
  const setDpr = useThree((s) => s.setDpr);
  const coarse = () => {
    if (stage.tier === 'light') setDpr(0.6);
  };
  const fine = () => {
    if (stage.tier === 'light') setDpr(Math.min(2, Math.max(1, window.devicePixelRatio)));
  };

  return (
    <CameraControls
      ref={controls}
      onControl={coarse}
      onTransitionStart={coarse}
      onSleep={fine}
      onControlStart={() => {
        moved.current = true;
      }}
    />
  );
}
