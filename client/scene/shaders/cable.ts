/** Charging cables, in the exact colour of the electricity that flows through them. */
import { type DataTexture, DoubleSide, ShaderMaterial } from 'three';
import { type Atmosphere, atmosphereGlsl } from './atmosphere.ts';
import { colourColumns } from './model.ts';

export function cableMaterial(atmosphere: Atmosphere, colours: DataTexture): ShaderMaterial {
  const material = new ShaderMaterial({
    uniforms: { ...atmosphere, uColours: { value: colours } },
    side: DoubleSide,
    toneMapped: false,
    vertexShader: /* glsl */ `
      attribute vec3 from;
      attribute vec3 to;
      // Index of the asset; 1 while it charges.
      attribute vec2 charging;
      uniform sampler2D uColours;
      flat varying vec4 vValue;
      varying vec3 vWorld;
      void main() {
        int which = int(charging.x + 0.5);
        vValue = texelFetch(uColours, ivec2(which % ${colourColumns}, which / ${colourColumns}), 0) * vec4(1.0, 1.0, 1.0, 255.0);
        float t = position.x;
        // Hangs straight down first and swings over to the car.
        vec3 middle = vec3(mix(from.xz, to.xz, t * t), mix(from.y, to.y, t) - 0.5 * sin(t * 3.14159)).xzy;
        vec3 across = normalize(vec3(to.z - from.z, 0.0, from.x - to.x) + vec3(1e-4, 0.0, 0.0));
        vec3 along = normalize(cross(across, vec3(0.0, 1.0, 0.0)) + 1e-4);
        vWorld = middle + (across * position.y + along * position.z) * 0.085;
        gl_Position = charging.y > 0.5 ? projectionMatrix * viewMatrix * vec4(vWorld, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
      }
    `,
    fragmentShader: /* glsl */ `
      ${atmosphereGlsl}
      flat varying vec4 vValue;
      varying vec3 vWorld;
      void main() {
        gl_FragColor = vec4(vValue.rgb, 1.0);
        if (mod(floor(vValue.a / 32.0 + 0.01), 2.0) > 0.5) gl_FragColor = ghostly(vValue.rgb, hazeAt(vWorld, cameraPosition).rgb);
      }
    `,
  });
  // May become a ghost (Ghosts.tsx).
  material.userData['steps'] = true;
  return material;
}
