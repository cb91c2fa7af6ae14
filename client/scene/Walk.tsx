import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { MathUtils, type PerspectiveCamera, Vector3 } from 'three';
import { useChoices } from '../live/choices.ts';
import type { WalkPose } from '../live/pose.ts';
import { eyeHeight_m, obstaclesOf, startingPlace, walkStep } from './camera/walk.ts';
import { listenToWalker, type Walker } from './camera/walk-controls.ts';
import type { Vec } from './shape/ring.ts';
import { type Stage, useStage } from './stage.ts';

/** Metres a second: fast walking, so that a park is crossed in minutes; with Shift about as fast as a bicycle. */
const pace = { walk: 4.5, run: 14 };
/** Radians a second for the arrow keys. */
const turning = 1.5;
/** After this long without movement the pose is written into the choices, and from there into the address. */
const rest_s = 0.4;
const nearest_m = 0.25;
const fov = { walk: 58, orbit: 32 };

/** The camera at eye height: keys or a held finger walk, dragging looks around, and the walk slides along walls. */
export function Walk() {
  const stage = useStage();
  const gl = useThree((s) => s.gl);
  const camera = useThree((s) => s.camera) as PerspectiveCamera;
  const invalidate = useThree((s) => s.invalidate);
  const obstacles = useMemo(() => obstaclesOf(stage.sites), [stage]);
  const walker = useRef<Walker | null>(null);
  /** Who was walking when the park became another version of itself. */
  const interrupted = useRef<Walker | null>(null);
  const resting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const setDpr = useThree((s) => s.setDpr);
  const gaze = useMemo(() => new Vector3(), []);

  useEffect(() => {
    let stop = () => {};
    let before: { near: number } | null = null;
    const begin = () => {
      const { flight } = useChoices.getState();
      const asked = flight && typeof flight.to === 'object' && flight.to?.kind === 'walk' ? flight.to : null;
      const { at, heading, pitch } = interrupted.current ?? (asked ? fromPose(asked) : fromEye(camera, stage));
      interrupted.current = null;
      walker.current = {
        at: startingPlace(at, obstacles),
        heading,
        pitch,
        forward: 0,
        aside: 0,
        turn: 0,
        fast: false,
        moved: true,
        seen: true,
        ending: false,
      };
      before = { near: camera.near };
      camera.near = nearest_m;
      camera.fov = fov.walk;
      camera.updateProjectionMatrix();
      stop = listenToWalker(gl.domElement, walker.current, invalidate);
      stage.container.dataset['walking'] = 'true';
      invalidate();
    };
    const end = () => {
      stop();
      walker.current = null;
      delete stage.container.dataset['walking'];
      if (before) camera.near = before.near;
      before = null;
      camera.fov = fov.orbit;
      camera.updateProjectionMatrix();
      invalidate();
    };
    if (useChoices.getState().walking) begin();
    const unsubscribe = useChoices.subscribe((now, old) => {
      const asked = now.flight !== old.flight ? now.flight?.to : null;
      const kind = typeof asked === 'object' ? asked?.kind : null;
      if (!now.walking && old.walking) end();
      else if (now.walking && (!old.walking || kind === 'walk')) {
        if (old.walking) end();
        begin();
      } else if (walker.current && kind === 'north') {
        walker.current.heading = 0;
        walker.current.moved = true;
        invalidate();
      }
    });
    return () => {
      unsubscribe();
      interrupted.current = walker.current;
      if (walker.current) end();
    };
  }, [stage, gl, camera, obstacles, invalidate]);

  useFrame((_, delta) => {
    const w = walker.current;
    if (!w) return;
    // A slow frame moves as far as its duration requires, but at most for 0.4 s, so that the walk does not jump after a pause.
    const t = Math.min(delta, 0.4);
    const goes = w.forward !== 0 || w.aside !== 0;
    if (goes) {
      const far = (w.fast ? pace.run : pace.walk) * t;
      const [s, c] = [Math.sin(w.heading), Math.cos(w.heading)];
      w.at = walkStep(w.at, [(s * w.forward + c * w.aside) * far, (c * w.forward - s * w.aside) * far], obstacles);
    }
    w.heading += w.turn * turning * t;
    place(camera, w, stage.heightAt(w.at[0], w.at[1]), gaze);
    if (goes || w.turn !== 0) {
      w.moved = true;
      invalidate();
    }
    // A key released before this frame was drawn still counts for one step.
    w.seen = true;
    if (w.ending) Object.assign(w, { forward: 0, aside: 0, turn: 0, ending: false });
    if (!w.moved) return;
    w.moved = false;
    // With software rendering fewer pixels are drawn while walking.
    if (stage.tier === 'light') setDpr(0.6);
    clearTimeout(resting.current);
    resting.current = setTimeout(() => {
      if (walker.current !== w) return;
      if (stage.tier === 'light') setDpr(Math.min(2, Math.max(1, window.devicePixelRatio)));
      useChoices.setState({ camera: poseOf(w) });
    }, 1000 * rest_s);
  });
  return null;
}

function place(camera: PerspectiveCamera, w: Walker, ground: number, gaze: Vector3): void {
  camera.position.set(w.at[0], ground + eyeHeight_m, -w.at[1]);
  const level = Math.cos(w.pitch);
  gaze.set(Math.sin(w.heading) * level, Math.sin(w.pitch), -Math.cos(w.heading) * level).add(camera.position);
  camera.lookAt(gaze);
  camera.updateMatrixWorld();
}

function fromPose(pose: WalkPose): { at: Vec; heading: number; pitch: number } {
  return { at: [pose.east, pose.north], heading: MathUtils.degToRad(pose.heading_deg), pitch: MathUtils.degToRad(pose.pitch_deg) };
}

/**
 * From the view from above: the walk starts at the ground in the middle of the picture and keeps the heading. If the camera
 * has not been moved yet, it starts in front of the selected asset, or in the middle of the park.
 */
function fromEye(camera: PerspectiveCamera, stage: Stage): { at: Vec; heading: number; pitch: number } {
  const d = camera.getWorldDirection(new Vector3());
  const up = new Vector3().setFromMatrixColumn(camera.matrixWorld, 1);
  const ahead = Math.abs(d.y) > 0.99 ? up : d;
  const heading = Math.atan2(ahead.x, -ahead.z);
  const { camera: pose, selected } = useChoices.getState();
  if (pose === null) {
    const site = selected === null ? undefined : stage.site.get(selected);
    const [x, y] = site ? site.centre : stage.extent.centre;
    const off = site ? site.frame.length / 2 + 25 : 0;
    return { at: [x - Math.sin(heading) * off, y - Math.cos(heading) * off], heading, pitch: 0 };
  }
  const { x, y, z } = camera.position;
  const reach = stage.groundAlong([x, -z, y], [d.x, -d.z, d.y]) ?? 0;
  return { at: [x + d.x * reach, -(z + d.z * reach)], heading, pitch: 0 };
}

function poseOf(w: Walker): WalkPose {
  const heading_deg = (((MathUtils.radToDeg(w.heading) % 360) + 360) % 360) as number;
  return { kind: 'walk', east: w.at[0], north: w.at[1], heading_deg, pitch_deg: MathUtils.radToDeg(w.pitch) };
}
