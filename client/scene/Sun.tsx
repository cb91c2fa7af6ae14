import { useFrame, useThree } from '@react-three/fiber';
import { useMemo, useRef } from 'react';
import { type Color, DirectionalLight, Group, HemisphereLight, Matrix4, Vector3 } from 'three';
import { useChoices } from '../live/choices.ts';
import { mirror } from '../live/mirror.ts';
import { angleBetween, isNight, type Light, lightAt, type Rgb3 } from './light.ts';
import type { Extent } from './shape/extent.ts';
import { useStage } from './stage.ts';
import type { Tier } from './tier.ts';

const shadowPixels: Record<Tier, number> = { full: 4096, middle: 2048, light: 2048 };
/** Park time after which the light is computed again. */
const step_ms = 30_000;
/** Degrees the sun may move before shadows are drawn again. */
const shadowStep = 1;

/** Direct light, ambient light, sky and haze: all from the park's place and the moment shown. */
export function Sun() {
  const stage = useStage();
  const gl = useThree((s) => s.gl);
  const { group, sun, around } = useMemo(() => {
    const light = new DirectionalLight();
    light.castShadow = true;
    const pixels = shadowPixels[stage.tier];
    light.shadow.mapSize.set(pixels, pixels);
    light.shadow.bias = -0.0004;
    light.shadow.radius = 2.2;
    const made = new Group();
    const hemisphere = new HemisphereLight();
    made.add(light, light.target, hemisphere);
    return { group: made, sun: light, around: hemisphere };
  }, [stage]);
  const last = useRef<{ time: number; shadow: Rgb3 | null }>({ time: Number.NaN, shadow: null });

  useFrame(() => {
    // Before the first snapshot the park's time is unknown: the light of now is shown until then.
    const time = Number.isFinite(mirror.time) ? mirror.time : Date.now();
    if (Math.abs(time - last.current.time) < step_ms) return;
    last.current.time = time;
    const light = lightAt(time, stage.park.metadata.place);
    shine(light);
    stage.atmosphere.uHour.value = (((time / 3_600_000 + stage.park.metadata.place.lon / 15) % 24) + 24) % 24;
    const night = isNight(light.altitude);
    stage.container.dataset['night'] = String(night);
    if (useChoices.getState().night !== night) useChoices.setState({ night });
    const before = last.current.shadow;
    if (!before || angleBetween(before, light.direction) > shadowStep) {
      last.current.shadow = light.direction;
      aim(sun, light.direction, stage.extent);
      gl.shadowMap.needsUpdate = true;
    }
  });

  const shine = (light: Light) => {
    const { uSun, uZenith, uHorizon, uGlow, uNight } = stage.atmosphere;
    uSun.value.set(...light.direction);
    uZenith.value.set(...light.zenith);
    uHorizon.value.set(...light.horizon);
    uGlow.value.set(...light.glow);
    uNight.value = light.night;
    colour(sun.color, light.sun);
    sun.intensity = light.sunStrength;
    colour(around.color, light.above);
    colour(around.groundColor, light.below);
    around.intensity = light.aroundStrength;
  };
  return <primitive object={group} />;
}

function colour(target: Color, rgb: Rgb3): void {
  target.setRGB(rgb[0], rgb[1], rgb[2], 'srgb');
}

/** The shadow camera covers the park and no more, which gives sharper shadows from the same map. */
function aim(light: DirectionalLight, direction: Rgb3, extent: Extent): void {
  const centre = new Vector3(extent.centre[0], extent.low, -extent.centre[1]);
  const d = new Vector3(...direction);
  light.target.position.copy(centre);
  light.position.copy(centre).addScaledVector(d, extent.radius * 2.5);
  const view = new Matrix4()
    .lookAt(light.position, centre, new Vector3(0, 1, 0))
    .setPosition(light.position)
    .invert();
  const p = new Vector3();
  const [low, high] = [new Vector3(1e9, 1e9, 1e9), new Vector3(-1e9, -1e9, -1e9)];
  for (const [e, n, u] of extent.points) {
    for (const y of [Math.min(extent.low, u), u + 12]) {
      p.set(e, y, -n).applyMatrix4(view);
      low.min(p);
      high.max(p);
    }
  }
  const camera = light.shadow.camera;
  const margin = 30;
  camera.left = low.x - margin;
  camera.right = high.x + margin;
  camera.bottom = low.y - margin;
  camera.top = high.y + margin;
  camera.near = Math.max(1, -high.z - 250);
  camera.far = -low.z + 250;
  camera.updateProjectionMatrix();
  const metre = (camera.right - camera.left) / light.shadow.mapSize.x;
  light.shadow.normalBias = metre * 1.1;
  light.updateMatrixWorld();
  light.target.updateMatrixWorld();
}
