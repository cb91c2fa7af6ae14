import { useThree } from '@react-three/fiber';
import { useEffect } from 'react';
import { Material, Mesh } from 'three';
import { type Choices, useChoices } from '../live/choices.ts';
import { useStage } from './stage.ts';

const none: ReadonlySet<string> = new Set();

/** Assets that stay while the rest are ghosts; null: all stay. Over what lies in the ground everything is a ghost that is not singled out. */
export function staying({ lit, underground }: Pick<Choices, 'lit' | 'underground'>): ReadonlySet<string> | null {
  return lit ?? (underground ? none : null);
}

/**
 * Whatever steps back covers only some of a pixel's samples: translucent, with depth, in any order. While nothing does,
 * everything is drawn as ever. Shaders stay as they are: only the state of drawing changes.
 */
export function Ghosts() {
  const stage = useStage();
  const scene = useThree((s) => s.scene);
  const gl = useThree((s) => s.gl);
  const invalidate = useThree((s) => s.invalidate);
  useEffect(() => {
    const step = (stand: boolean) => {
      stage.atmosphere.uGhost.value = stand ? 1 : 0;
      scene.traverse((object) => {
        if (!(object instanceof Mesh) || !(object.material instanceof Material) || object.material.userData['steps'] !== true) return;
        object.material.alphaToCoverage = stand;
        // Where each asset steps back by itself, so does its shadow (shaders/model.ts).
        if (object.customDepthMaterial) return;
        object.userData['casts'] ??= object.castShadow;
        object.castShadow = object.userData['casts'] && !stand;
      });
    };
    step(staying(useChoices.getState()) !== null);
    return useChoices.subscribe((now, before) => {
      if (now.lit === before.lit && now.underground === before.underground) return;
      step(staying(now) !== null);
      // Ghosts cast no shadow.
      gl.shadowMap.needsUpdate = true;
      invalidate();
    });
  }, [stage, scene, gl, invalidate]);
  return null;
}
