/** The sky: a gradient from the light of the moment, the sun's disc, and at night a few stars. Drawn at the far end of depth. */
import { BackSide, ShaderMaterial } from 'three';
import { type Atmosphere, atmosphereGlsl } from './atmosphere.ts';

export function skyMaterial(atmosphere: Atmosphere): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: atmosphere,
    side: BackSide,
    depthWrite: false,
    toneMapped: false,
    vertexShader: /* glsl */ `
      varying vec3 vDirection;
      void main() {
        vDirection = position;
        vec4 p = projectionMatrix * mat4(mat3(viewMatrix)) * vec4(position, 1.0);
        gl_Position = p.xyww;
      }
    `,
    fragmentShader: /* glsl */ `
      ${atmosphereGlsl}
      varying vec3 vDirection;
      void main() {
        vec3 d = normalize(vDirection);
        vec3 c = skyColour(d);
        float disc = smoothstep(0.99989, 0.99994, dot(d, uSun)) * (1.0 - uNight);
        c = mix(c, vec3(1.0, 0.97, 0.9), disc * 0.85);
        vec2 g = vec2(atan(d.z, d.x) * 90.0, d.y * 110.0);
        vec2 cell = floor(g);
        float star = step(0.965, hash12(cell)) * smoothstep(0.16, 0.02, length(fract(g) - 0.25 - 0.5 * vec2(hash12(cell + 3.0), hash12(cell + 9.0))));
        c += vec3(0.85, 0.9, 1.0) * star * uNight * uNight * smoothstep(0.03, 0.35, d.y) * (0.25 + 0.6 * hash12(cell + 5.0));
        c += (hash12(gl_FragCoord.xy) - 0.5) / 255.0;
        gl_FragColor = vec4(c, 1.0);
      }
    `,
  });
}
