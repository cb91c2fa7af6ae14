/** A gauge: filled as high as the storage is full, in the exact colour of its asset; hatched while the level is unknown. */
import { type DataTexture, DoubleSide, ShaderMaterial } from 'three';
import { type Atmosphere, atmosphereGlsl } from './atmosphere.ts';
import { colourColumns } from './model.ts';

export function gaugeMaterial(atmosphere: Atmosphere, colours: DataTexture): ShaderMaterial {
  const material = new ShaderMaterial({
    uniforms: { ...atmosphere, uColours: { value: colours } },
    side: DoubleSide,
    toneMapped: false,
    polygonOffset: true,
    polygonOffsetFactor: -1,
    polygonOffsetUnits: -1,
    vertexShader: /* glsl */ `
      // Foot (x, y, z) and height.
      attribute vec4 foot;
      // Half the width along x and z, the index of the asset.
      attribute vec3 across;
      // 0…1; below zero while unknown.
      attribute float level;
      uniform sampler2D uColours;
      flat varying vec4 vValue;
      flat varying vec3 vGauge;
      varying vec2 vAt;
      varying vec3 vWorld;
      void main() {
        int which = int(across.z + 0.5);
        vValue = texelFetch(uColours, ivec2(which % ${colourColumns}, which / ${colourColumns}), 0) * vec4(1.0, 1.0, 1.0, 255.0);
        vGauge = vec3(level, foot.w, 2.0 * length(across.xy));
        vAt = vec2(position.x * 0.5 + 0.5, position.y);
        vWorld = foot.xyz + vec3(across.x * position.x, foot.w * position.y, across.y * position.x);
        gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
      }
    `,
    fragmentShader: /* glsl */ `
      ${atmosphereGlsl}
      flat varying vec4 vValue;
      flat varying vec3 vGauge;
      varying vec2 vAt;
      varying vec3 vWorld;
      void main() {
        float state = floor(vValue.a + 0.5);
        vec3 track = mix(vec3(0.23, 0.26, 0.29), vec3(0.1, 0.12, 0.16), uNight);
        vec3 stored = mod(floor(state / 16.0), 2.0) > 0.5 ? vec3(0.925, 0.91, 0.875) : vValue.rgb;
        vec2 metre = vAt * vGauge.zy;
        vec2 w = fwidth(metre) + 1e-5;
        vec4 haze = hazeAt(vWorld, cameraPosition);
        vec3 c = mix(track, haze.rgb, haze.a);
        bool known = vGauge.x >= 0.0;
        if (known) {
          // Marks at the quarters.
          float quarter = abs(fract(vAt.y * 4.0 + 0.5) - 0.5) / 4.0 * vGauge.y;
          float inner = step(0.02, vAt.y) * step(vAt.y, 0.98);
          c = mix(c, c * 1.7 + 0.06, inner * (1.0 - smoothstep(0.03, 0.03 + w.y, quarter)));
          if (vAt.y < vGauge.x) c = stored;
        } else {
          float s = fract((metre.x + metre.y) / 0.7);
          float fine = 1.0 - smoothstep(0.15, 0.5, max(w.x, w.y));
          c = mix(c, vec3(0.604, 0.604, 0.596), mix(0.35, step(0.6, s) * 0.8, fine));
        }
        // The frame around it.
        vec2 edge = min(metre, vGauge.zy - metre);
        if (min(edge.x, edge.y) < 0.07) c = mix(track, haze.rgb, haze.a);
        gl_FragColor = vec4(c, 1.0);
        if (mod(floor(state / 32.0), 2.0) > 0.5) gl_FragColor = ghostly(c, haze.rgb);
      }
    `,
  });
  // May become a ghost (Ghosts.tsx).
  material.userData['steps'] = true;
  return material;
}
