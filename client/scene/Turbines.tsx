import { useFrame } from '@react-three/fiber';
import { useMemo, useRef } from 'react';
import { BufferAttribute, BufferGeometry, Group, InstancedMesh, Matrix4, MeshLambertMaterial } from 'three';
import { mirror } from '../live/mirror.ts';
import { rotorSpeed } from '../live/motion.ts';
import { formOf } from './kinds/forms.ts';
import { patch } from './shaders/atmosphere.ts';
import { turbineOf } from './shape/electrical.ts';
import type { MeshData } from './shape/mesh.ts';
import { nacelleForm, rotorForm } from './shape/rotor.ts';
import type { Site } from './shape/site.ts';
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
  /** Position and orientation of the hub. */
  hub: Matrix4;
  /** Radians. */
  angle: number;
  blades: InstancedMesh;
  index: number;
}

const turned = new Matrix4();

function place({ blades, index, hub, angle }: Turbine): void {
  blades.setMatrixAt(index, turned.makeRotationZ(angle).premultiply(hub));
}

/** All turbines of one size in two draw calls: nacelles and blades. */
function turbines(stage: Stage): { group: Group; all: Turbine[] } {
  const group = new Group();
  const material = patch(new MeshLambertMaterial({ color: 0xf4f3ef }), stage.atmosphere, { name: 'rotor' });
  const all: Turbine[] = [];
  const sizes = new Map<number, Site[]>();
  for (const site of stage.sites) {
    if (!formOf(site.asset).rotor) continue;
    const { radius } = turbineOf(site);
    sizes.set(radius, [...(sizes.get(radius) ?? []), site]);
  }
  for (const [radius, sites] of sizes) {
    const nacelles = new InstancedMesh(geometryOf(nacelleForm(radius)), material, sites.length);
    const blades = new InstancedMesh(geometryOf(rotorForm(radius)), material, sites.length);
    for (const [index, site] of sites.entries()) {
      // All face the same way, as the turbines of one park do: into the prevailing wind.
      const head = new Matrix4().makeRotationY(0.6).setPosition(site.centre[0], site.ground + turbineOf(site).hub, -site.centre[1]);
      nacelles.setMatrixAt(index, head);
      const hub = new Matrix4().makeTranslation(0, 0, radius * 0.075).premultiply(head);
      const turbine: Turbine = {
        asset: site.asset.id,
        rated_kW: site.asset.capacity_kW ?? 3000,
        hub,
        angle: site.index,
        blades,
        index,
      };
      place(turbine);
      all.push(turbine);
    }
    for (const mesh of [nacelles, blades]) {
      mesh.castShadow = true;
      mesh.computeBoundingSphere();
      group.add(mesh);
    }
  }
  return { group, all };
}

/** Rotors turn with the output (live/motion.ts); they stand still when the output is zero or unknown. */
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
      if (speed <= 0.002) continue;
      t.angle -= speed * 2 * Math.PI * step;
      place(t);
      t.blades.instanceMatrix.needsUpdate = true;
      turning = true;
    }
    if (turning) stage.moving = true;
  });
  return <primitive object={group} />;
}
