import { useFrame } from '@react-three/fiber';
import { useMemo, useRef } from 'react';
import { BufferAttribute, InstancedBufferAttribute, InstancedBufferGeometry, Mesh } from 'three';
import { mirror, valueAt } from '../live/mirror.ts';
import { carsCharging } from '../live/motion.ts';
import { formOf } from './kinds/forms.ts';
import { cableMaterial } from './shaders/cable.ts';
import { type Cable, cableForm, cablesOf } from './shape/cable-form.ts';
import { chargingBays } from './shape/parking.ts';
import { type Stage, useStage } from './stage.ts';

interface Canopy {
  asset: string;
  rated_kW: number | undefined;
  bays: number;
  first: number;
}

function cables(stage: Stage) {
  const canopies: Canopy[] = [];
  const all: (Cable & { index: number; ground: number })[] = [];
  for (const { asset, index, areas, frame, ground, host } of stage.sites) {
    if (!formOf(asset).cars || host) continue;
    // As high as the canopy is drawn (shape/electrical.ts).
    const height = Math.min(4.2, Math.max(3.2, asset.height_m));
    const found = areas.flatMap((area) => cablesOf(frame, height, chargingBays(asset.id, area)));
    canopies.push({ asset: asset.id, rated_kW: asset.capacity_kW, bays: found.length, first: all.length });
    all.push(...found.map((cable) => ({ ...cable, index, ground })));
  }
  const form = cableForm();
  const geometry = new InstancedBufferGeometry();
  const ends = (end: 'from' | 'to') =>
    new InstancedBufferAttribute(Float32Array.from(all.flatMap((c) => [c[end][0], c[end][2] + c.ground, -c[end][1]])), 3);
  const charging = new InstancedBufferAttribute(Float32Array.from(all.flatMap((c) => [c.index, 0])), 2);
  geometry.setAttribute('position', new BufferAttribute(form.position, 3));
  geometry.setIndex(new BufferAttribute(form.index, 1));
  geometry.setAttribute('from', ends('from'));
  geometry.setAttribute('to', ends('to'));
  geometry.setAttribute('charging', charging);
  geometry.instanceCount = all.length;
  const mesh = new Mesh(geometry, cableMaterial(stage.atmosphere, stage.colours));
  mesh.frustumCulled = false;
  mesh.visible = false;
  return { canopies, mesh, charging };
}

/** A glowing cable to every car that charges; one draw call, none while nothing charges. */
export function Cables() {
  const stage = useStage();
  const { canopies, mesh, charging } = useMemo(() => cables(stage), [stage]);
  const seen = useRef(-1);
  useFrame(() => {
    if (canopies.length === 0 || seen.current === mirror.changes) return;
    seen.current = mirror.changes;
    let any = false;
    for (let k = 0; k < canopies.length; k++) {
      const { asset, rated_kW, bays, first } = canopies[k] as Canopy;
      const power = valueAt(mirror.layout?.assets.get(asset)?.ports['electricity.in']?.power);
      const cars = carsCharging(power, bays, rated_kW);
      any ||= cars > 0;
      for (let i = 0; i < bays; i++) charging.array[2 * (first + i) + 1] = i < cars ? 1 : 0;
    }
    mesh.visible = any;
    charging.needsUpdate = true;
  });
  return <primitive object={mesh} />;
}
