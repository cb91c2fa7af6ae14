import { useFrame } from '@react-three/fiber';
import { useMemo, useRef } from 'react';
import { BufferAttribute, BufferGeometry, Group, Mesh, MeshLambertMaterial } from 'three';
import { mirror } from '../live/mirror.ts';
import { rotorSpeed } from '../live/motion.ts';
import { patch } from './shaders/atmosphere.ts';
import { turbineOf } from './shape/electrical.ts';
import type { MeshData } from './shape/mesh.ts';
import { nacelleForm, rotorForm } from './shape/rotor.ts';
import { inMotion, longestStep_s, type Stage, useStage } from './stage.ts';

function geometryOf(data: MeshData): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(data.position, 3));
  geometry.setAttribute('normal', new BufferAttribute(data.normal, 4, true));
  geometry.setIndex(new BufferAttribute(data.index, 1));
  return geometry;
}

interface Turbine {
  asset: string;
  rated_kW: number;
  rotor: Group;
}

function turbines(stage: Stage): { group: Group; all: Turbine[] } {
  const group = new Group();
  const material = patch(new MeshLambertMaterial({ color: 0xf4f3ef }), stage.atmosphere, { name: 'rotor' });
  const all: Turbine[] = [];
  for (const site of stage.sites) {
    if (site.asset.kind !== 'wind') continue;
    const { hub, radius } = turbineOf(site);
    const head = new Group();
    head.position.set(site.centre[0], site.ground + hub, -site.centre[1]);
    // All look the same way, as turbines of one park do: into the prevailing wind.
    head.rotation.y = 0.6;
    const nacelle = new Mesh(geometryOf(nacelleForm(radius)), material);
    const rotor = new Group();
    const blades = new Mesh(geometryOf(rotorForm(radius)), material);
    rotor.position.z = radius * 0.075;
    rotor.rotation.z = site.index;
    rotor.add(blades);
    head.add(nacelle, rotor);
    for (const mesh of [nacelle, blades]) mesh.castShadow = true;
    group.add(head);
    all.push({ asset: site.asset.id, rated_kW: site.asset.capacity_kW ?? 3000, rotor });
  }
  return { group, all };
}

/** Rotors turn with output (live/motion.ts); still when there is none or none is known. */
export function Turbines() {
  const stage = useStage();
  const { group, all } = useMemo(() => turbines(stage), [stage]);
  const speeds = useRef<number[]>([]);
  useFrame((_, delta) => {
    if (all.length === 0 || !inMotion(stage)) return;
    const step = Math.min(delta, longestStep_s);
    let turning = false;
    for (let i = 0; i < all.length; i++) {
      const t = all[i] as Turbine;
      const slot = mirror.layout?.assets.get(t.asset)?.ports['electricity.out']?.power ?? -1;
      const power = slot < 0 ? Number.NaN : (mirror.values[slot] ?? Number.NaN);
      const wanted = rotorSpeed(power, t.rated_kW) / 60;
      const before = speeds.current[i] ?? wanted;
      const speed = before + (wanted - before) * Math.min(1, step / 2);
      speeds.current[i] = speed;
      t.rotor.rotation.z -= speed * 2 * Math.PI * step;
      turning ||= speed > 0.002;
    }
    if (turning) stage.moving = true;
  });
  return <primitive object={group} />;
}
