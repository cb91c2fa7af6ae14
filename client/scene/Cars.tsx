import { useFrame } from '@react-three/fiber';
import { useMemo, useRef } from 'react';
import { BufferAttribute, BufferGeometry, Color, InstancedMesh, Matrix4, MeshLambertMaterial, Vector3 } from 'three';
import { mirror } from '../live/mirror.ts';
import { carsCharging } from '../live/motion.ts';
import { formOf } from './kinds/forms.ts';
import { fieldOf, fillNear } from './near-instances.ts';
import { ghostFinish, patch } from './shaders/atmosphere.ts';
import { carForm } from './shape/car-form.ts';
import { type Car, chargingBays } from './shape/parking.ts';
import type { Area } from './shape/ring.ts';
import { type Stage, useStage } from './stage.ts';

const paints = [0xe9e7e2, 0xdad9d5, 0xb9bcbe, 0x8f979c, 0x6d757b, 0xc3bdb1, 0xa6adb0, 0xb58f84, 0x8fa0ad];

interface Bays {
  asset: string;
  rated_kW: number | undefined;
  cars: Car[];
  /** Height of the ground that the cars stand on. */
  ground: number;
  from: number;
  /** Bays with a car now; −1 before the first frame. */
  taken: number;
}

function mesh(stage: Stage, cars: Car[]): InstancedMesh {
  const form = carForm();
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(form.position, 3));
  geometry.setAttribute('normal', new BufferAttribute(form.normal, 4, true));
  const colours = new Float32Array((form.paint.length / 4) * 3);
  const colour = new Color();
  for (let i = 0; i < form.paint.length / 4; i++) {
    colour.setRGB(
      (form.paint[4 * i] as number) / 255,
      (form.paint[4 * i + 1] as number) / 255,
      (form.paint[4 * i + 2] as number) / 255,
      'srgb',
    );
    colours.set([colour.r, colour.g, colour.b], 3 * i);
  }
  geometry.setAttribute('color', new BufferAttribute(colours, 3));
  geometry.setIndex(new BufferAttribute(form.index, 1));
  const material = patch(new MeshLambertMaterial({ vertexColors: true }), stage.atmosphere, { name: 'car', finish: ghostFinish });
  const made = new InstancedMesh(geometry, material, Math.max(1, cars.length));
  for (const [i, car] of cars.entries()) {
    made.setMatrixAt(i, placed(car, stage.heightAt(car.at[0], car.at[1]), true));
    made.setColorAt(i, colour.set(paints[Math.floor(car.variety * paints.length * 0.999)] ?? 0xffffff));
  }
  made.count = cars.length;
  made.castShadow = true;
  made.receiveShadow = true;
  made.frustumCulled = false;
  return made;
}

/**
 * Above this number of cars only those near the camera are drawn: at most `drawn`, within `reach` metres, chosen again after
 * the camera has moved `step` metres.
 */
const many = { cars: 2500, drawn: 2000, reach: 380, step: 40 };

/** Draws the cars around the camera from a mesh that holds all of them. */
function around(all: InstancedMesh): { drawn: InstancedMesh; look: (eye: Vector3, changed: boolean) => void } {
  const field = fieldOf(all);
  const drawn = new InstancedMesh(all.geometry, all.material, many.drawn);
  drawn.setColorAt(0, new Color());
  drawn.castShadow = true;
  drawn.receiveShadow = true;
  drawn.frustumCulled = false;
  drawn.visible = false;
  const looked = new Vector3(Number.NaN, 0, 0);
  return {
    drawn,
    look: (eye, changed) => {
      if (!changed && looked.distanceTo(eye) < many.step) return;
      looked.copy(eye);
      const radius = Math.sqrt(Math.max(0, many.reach ** 2 - eye.y ** 2));
      if (radius > 0 || drawn.visible) fillNear(drawn, field, eye.x, eye.z, radius);
    },
  };
}

const matrix = new Matrix4();
/** A bay without a car keeps its place in the list, at size zero. */
function placed(car: Car, ground: number, there: boolean): Matrix4 {
  const s = there ? 1 : 0;
  const [x, y] = car.axis;
  return matrix.set(x * s, 0, y * s, car.at[0], 0, s, 0, ground + 0.02, -y * s, 0, x * s, -car.at[1], 0, 0, 0, 1);
}

/** Parked cars, and at chargers as many cars as the charging power stands for. */
export function Cars() {
  const stage = useStage();
  const { object, charging, near } = useMemo(() => {
    const bays: Bays[] = [];
    const cars = [...stage.built.cars];
    for (const site of stage.sites) {
      if (!formOf(site.asset).cars) continue;
      const places = site.areas.flatMap((a: Area) => chargingBays(site.asset.id, a));
      bays.push({
        asset: site.asset.id,
        rated_kW: site.asset.capacity_kW,
        cars: places,
        // Chargers on a roof have no canopy: their cars stand on the plate that is drawn for them.
        ground: site.ground + (site.host ? site.base + 0.4 : 0),
        from: cars.length,
        taken: -1,
      });
      cars.push(...places);
    }
    const object = mesh(stage, cars);
    return { object, charging: bays, near: cars.length > many.cars ? around(object) : null };
  }, [stage]);
  const seen = useRef(-1);
  useFrame(({ gl, camera }) => {
    near?.look(camera.position, false);
    if (seen.current === mirror.changes || charging.length === 0) return;
    seen.current = mirror.changes;
    let moved = false;
    for (const bays of charging) {
      const { asset, rated_kW, cars, from } = bays;
      const slot = mirror.layout?.assets.get(asset)?.ports['electricity.in']?.power ?? -1;
      const power = slot < 0 ? Number.NaN : (mirror.values[slot] ?? Number.NaN);
      const taken = carsCharging(power, cars.length, rated_kW);
      if (taken === bays.taken) continue;
      bays.taken = taken;
      moved = true;
      for (const [i, car] of cars.entries()) object.setMatrixAt(from + i, placed(car, bays.ground, i < taken));
    }
    if (!moved) return;
    near?.look(camera.position, true);
    object.instanceMatrix.needsUpdate = true;
    gl.shadowMap.needsUpdate = true;
  });
  return <primitive object={near?.drawn ?? object} />;
}
