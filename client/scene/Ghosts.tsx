import { useThree } from '@react-three/fiber';
import { useEffect } from 'react';
import { Material, Mesh } from 'three';
import { type Choices, useChoices } from '../live/choices.ts';
import { useStage } from './stage.ts';

const none: ReadonlySet<string> = new Set();

/**
 * Assets that stay while the rest are drawn as ghosts (faded); null: all stay. While buried lines are shown, every asset is
 * a ghost unless it is singled out.
 */
export function staying({ lit, underground }: Pick<Choices, 'lit' | 'underground'>): ReadonlySet<string> | null {
  return lit ?? (underground ? none : null);
}

/**
 * Ghosts cover only some of a pixel's samples (alpha to coverage): translucent, with depth, in any drawing order. While
 * there are no ghosts, everything is drawn as usual. The shaders stay the same; only the render state changes.
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
        // Where single assets of a mesh become ghosts, its depth material leaves out their shadows (shaders/model.ts).
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
