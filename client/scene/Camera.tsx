import { CameraControls, CameraControlsImpl } from '@react-three/drei/core/CameraControls';
import { useFrame, useThree } from '@react-three/fiber';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { Box3, MathUtils, type PerspectiveCamera, Vector3 } from 'three';
import { type Destination, useChoices } from '../live/choices.ts';
import { turnEye } from '../live/eye.ts';
import { cameraKeys } from './camera/camera-keys.ts';
import { type Cause, framed, type Heading, type Viewpoint, wholeView } from './camera/home-view.ts';
import { orbitPose, viewpointOf } from './camera/orbit-pose.ts';
import { onTwist } from './camera/twist.ts';
import { cornersOf, type MovedView, marginsOf, movedAside, sameView, viewBefore } from './flight-target.ts';
import { coarse, sharp, useStage } from './stage.ts';

const flightPitch = (33 * Math.PI) / 180;
const steepest = Math.PI / 2;
/** The camera never comes closer to the ground than this, except when walking. */
const lowest_m = 3;
/** Distance of the camera from its target after it rises out of a walk. */
const risen_m = 260;

/** True when camera moves may be animated; false when the system asks for reduced motion, and the camera jumps. */
export function calm(): boolean {
  return !matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Where the camera is and looks, or will at the end of its current transition. */
function viewOf(c: CameraControls): Viewpoint {
  return { position: c.getPosition(new Vector3()).toArray(), target: c.getTarget(new Vector3()).toArray() };
}

/** Bearing and pitch of that view. */
function headingOf(c: CameraControls): Heading {
  const { bearing_deg, down_deg } = orbitPose(viewOf(c));
  // Straight above its target, the position of the camera does not define which way is up in the picture.
  const azimuth = down_deg > 89.95 ? Math.PI - c.azimuthAngle : MathUtils.degToRad(bearing_deg);
  return { azimuth, down: MathUtils.degToRad(down_deg) };
}

/** The camera: starts with the best view of the whole park, flies to what is selected, stays above ground and near the park. */
export function Camera() {
  const stage = useStage();
  const controls = useRef<CameraControls>(null);
  const { size, gl } = useThree();
  const camera = useThree((s) => s.camera) as PerspectiveCamera;
  /** How the camera came to its place: home view, a flight, or moved by a person. Only the last is written into the address. */
  const came = useRef<'home' | 'flown' | 'hand'>('home');

  const margins = useCallback(() => marginsOf(useChoices.getState().insets, size.width, size.height), [size]);
  const aspect = size.width / Math.max(1, size.height);

  const go = useCallback((view: Viewpoint, smooth: boolean) => {
    const c = controls.current;
    if (!c) return;
    const azimuth = c.azimuthAngle;
    void c.setLookAt(...view.position, ...view.target, smooth);
    // Turns the shorter way round; straight from above, north is up.
    const pose = orbitPose(view);
    const to = Math.PI - MathUtils.degToRad(pose.bearing_deg);
    const turned = azimuth + Math.atan2(Math.sin(to - azimuth), Math.cos(to - azimuth));
    void c.rotateTo(turned, steepest - MathUtils.degToRad(pose.down_deg), smooth);
  }, []);

  const showWhole = useCallback(
    (cause: Cause, smooth: boolean) => {
      const c = controls.current;
      if (!c) return;
      came.current = 'home';
      const place = { extent: stage.extent, latitude: stage.park.metadata.place.lat };
      // Before the first frame is shown the panels are still being laid out, and nobody sees the view turn.
      const why = gl.domElement.dataset['ready'] === 'true' ? cause : 'first';
      go(wholeView(why, headingOf(c), place, { aspect, fov_deg: camera.fov, margins: margins() }), smooth);
    },
    [stage, gl, camera, aspect, margins, go],
  );

  const fly = useCallback(
    (to: Destination, smooth: boolean) => {
      const c = controls.current;
      if (!c) return;
      const { extent } = stage;
      if (to === null) return showWhole('home', smooth);
      const pose = orbitPose(viewOf(c));
      if (typeof to === 'string') {
        const corners = cornersOf(stage, to);
        if (!corners) return;
        came.current = 'flown';
        // Keep the current bearing: a flight that also turns makes people lose their orientation.
        go(framed(corners, headingOf(c).azimuth, flightPitch, aspect, camera.fov, margins(), extent.centre), smooth);
        return;
      }
      if (to.kind === 'walk') return;
      if (to.kind === 'whole') return showWhole('whole', smooth);
      if (to.kind === 'rise') {
        came.current = 'hand';
        go(viewpointOf({ ...pose, down_deg: MathUtils.radToDeg(flightPitch), distance_m: risen_m }), smooth);
        return;
      }
      const fromHome = came.current === 'home';
      came.current = 'hand';
      if (to.kind === 'orbit') go(viewpointOf(to), smooth);
      else if (to.kind === 'north') go(viewpointOf({ ...pose, bearing_deg: 180 }), smooth);
      else if (pose.down_deg > 88) go(viewpointOf({ ...pose, down_deg: MathUtils.radToDeg(flightPitch) }), smooth);
      else if (fromHome) go(framed(extent.points, Math.PI, steepest, aspect, camera.fov, margins(), extent.centre), smooth);
      else go(viewpointOf({ ...pose, bearing_deg: 180, down_deg: 90 }), smooth);
    },
    [stage, camera, aspect, margins, go, showWhole],
  );

  // Shows the whole park again when the window or the park changes, unless the camera has left the home view.
  const staged = useRef(stage);
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
    // The library supports this, but its type does not list it.
    c.touches.two = CameraControlsImpl.ACTION.TOUCH_DOLLY_SCREEN_PAN as typeof c.touches.two;
    c.touches.three = CameraControlsImpl.ACTION.TOUCH_ROTATE;
    c.smoothTime = 0.32;
    c.draggingSmoothTime = 0.09;
    c.setBoundary(
      new Box3(new Vector3(centre[0] - radius, low, -centre[1] - radius), new Vector3(centre[0] + radius, high + 80, -centre[1] + radius)),
    );
    if (came.current === 'home') showWhole('room', staged.current !== stage && calm());
    staged.current = stage;
  }, [stage, camera, showWhole]);

  const moved = useRef<MovedView | null>(null);

  /** Moves the camera aside when panels cover the selected asset. */
  const uncover = useCallback(
    (asset: string) => {
      const c = controls.current;
      const site = stage.site.get(asset);
      if (!c || !site) return;
      const now = viewOf(c);
      const from = viewBefore(moved.current, asset, now);
      const middle: Viewpoint['target'] = [site.centre[0], site.ground + site.base + site.asset.height_m / 2, -site.centre[1]];
      const { target } = movedAside(middle, from, camera.fov, aspect, margins());
      // Only the target moves: the same heading, however often it was turned round, and within the camera's limits.
      void c.moveTo(...target, calm());
      const to = viewOf(c);
      if (!sameView(to, now)) moved.current = { asset, from, to };
    },
    [stage, camera, aspect, margins],
  );

  /** After a walk the orbit camera continues from the walker's position, with its target on the ground 30 m ahead. */
  const takeOver = useCallback(() => {
    const c = controls.current;
    if (!c) return;
    const ahead = camera.getWorldDirection(new Vector3()).setY(0).normalize().multiplyScalar(30).add(camera.position);
    void c.setLookAt(...camera.position.toArray(), ahead.x, stage.heightAt(ahead.x, -ahead.z), ahead.z, false);
  }, [stage, camera]);

  // A link may ask for an asset or a view before the scene is there.
  const first = useRef(true);
  useEffect(() => {
    const { flight, selected, walking } = useChoices.getState();
    if (first.current) {
      if (flight && flight.to !== null) fly(flight.to, false);
      // The panels may be laid out before the scene is there, or after it: the view is to be the same.
      if (came.current !== 'flown' && selected && !walking) uncover(selected);
    }
    first.current = false;
    let last: Destination = flight?.to ?? null;
    return useChoices.subscribe((now, before) => {
      if (before.walking && !now.walking) takeOver();
      if (now.flight && now.flight !== before.flight) {
        const { to } = now.flight;
        const kind = to !== null && typeof to === 'object' ? to.kind : null;
        // During a walk Walk.tsx handles 'north' and 'walk'; every other destination ends the walk.
        if (now.walking && (kind === 'north' || kind === 'walk')) return;
        last = to;
        if (now.walking) useChoices.setState({ walking: false });
        fly(to, calm());
      } else if (now.insets !== before.insets) {
        if (came.current === 'home' && !now.selected) showWhole('room', calm());
        else if (came.current === 'flown' && last === now.selected) fly(last, calm());
        else if (now.selected && !now.walking) uncover(now.selected);
      }
    });
  }, [fly, showWhole, uncover, takeOver]);

  useEffect(() => {
    const canvas = gl.domElement;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !controls.current) return;
      if (event.key === 'Home') fly(null, calm());
      else {
        const act = cameraKeys[event.key];
        if (!act) return;
        came.current = 'hand';
        act(controls.current, event.shiftKey, calm());
      }
      event.preventDefault();
    };
    canvas.addEventListener('keydown', press);
    const stopTwisting = onTwist(canvas, (angle) => {
      if (controls.current?.enabled) void controls.current.rotate(angle, 0, false);
    });
    return () => {
      canvas.removeEventListener('keydown', press);
      stopTwisting();
    };
  }, [gl, fly]);

  const axis = useMemo(() => new Vector3(), []);
  useFrame(() => {
    const c = controls.current;
    const { walking } = useChoices.getState();
    if (c) c.enabled = !walking;
    // Over a hill the camera rises with the ground.
    const floor = stage.heightAt(camera.position.x, -camera.position.z) + lowest_m;
    if (c && !walking && camera.position.y < floor) {
      camera.position.y = floor;
      camera.lookAt(c.getTarget(axis));
    }
    // The direction that is up in the picture: the direction of view, or from above the camera's up vector.
    camera.updateMatrixWorld();
    const m = camera.matrixWorld.elements;
    axis.set(-(m[8] as number), -(m[9] as number), -(m[10] as number));
    const down = Math.asin(MathUtils.clamp(-axis.y, -1, 1));
    if (Math.abs(axis.y) > 0.99) axis.set(m[4] as number, 0, m[6] as number);
    turnEye(MathUtils.radToDeg(Math.atan2(axis.x, -axis.z)), MathUtils.radToDeg(down));
  });

  // With software rendering fewer pixels are drawn while the camera moves, and all of them when it rests.
  const setDpr = useThree((s) => s.setDpr);
  const move = () => {
    if (stage.tier === 'light') setDpr(coarse);
  };
  const rest = () => {
    if (stage.tier === 'light') setDpr(sharp());
    const c = controls.current;
    if (!c || useChoices.getState().walking) return;
    const pose = came.current === 'hand' ? orbitPose(viewOf(c)) : null;
    if (pose !== null || useChoices.getState().camera !== null) useChoices.setState({ camera: pose });
  };

  return (
    <CameraControls
      ref={controls}
      onControl={() => {
        came.current = 'hand';
        move();
      }}
      onTransitionStart={move}
      onSleep={rest}
    />
  );
}
