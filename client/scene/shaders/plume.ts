/** Plumes: soft puffs that rise from a mouth, widen and thin out. Never quite opaque: what stands behind stays visible. */
import { NormalBlending, ShaderMaterial } from 'three';
import { type Atmosphere, atmosphereGlsl } from './atmosphere.ts';

/** Seconds from leaving the mouth until a puff has vanished. */
export const life_s = 9;

export function plumeMaterial(atmosphere: Atmosphere): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: { ...atmosphere, uAge: { value: 0 } },
    transparent: true,
    depthWrite: false,
    toneMapped: false,
    blending: NormalBlending,
    vertexShader: /* glsl */ `
      uniform vec3 uSun;
      // Middle of the mouth, and its radius.
      attribute vec4 mouth;
      // Place in the row of puffs 0…1, chance 0…1, 1 for steam.
      attribute vec3 puff;
      // Metres the plume rises; 0…1 of its weight (less when it has stepped back).
      attribute vec2 rise;
      uniform float uAge;
      varying vec2 vAt;
      varying vec3 vWorld;
      varying vec3 vSunSeen;
      flat varying vec4 vPuff;
      void main() {
        float age = fract(puff.x + uAge);
        float up = rise.x * pow(age, 1.45);
        float radius = mouth.w * 1.15 + rise.x * (0.035 + 0.15 * age);
        float turn = puff.y * 6.2832;
        // It wanders a little, as warm air does; nobody has measured a wind.
        vec2 aside = vec2(cos(turn), sin(turn)) * rise.x * 0.045 * age;
        vec3 middle = mouth.xyz + vec3(aside.x, up, aside.y);
        vec4 seen = viewMatrix * vec4(middle, 1.0);
        seen.xy += position.xy * radius;
        // A little towards the eye, so that the mouth does not cut its first puffs.
        seen.z += mouth.w;
        vAt = position.xy;
        vWorld = middle;
        vSunSeen = (viewMatrix * vec4(uSun, 0.0)).xyz;
        float fade = smoothstep(0.0, 0.06, age) * (1.0 - age) * (1.0 - 0.35 * age);
        vPuff = vec4(fade * rise.y, puff.y * 61.0, puff.z, age);
        gl_Position = rise.x > 0.0 ? projectionMatrix * seen : vec4(2.0, 2.0, 2.0, 1.0);
      }
    `,
    fragmentShader: /* glsl */ `
      ${atmosphereGlsl}
      varying vec2 vAt;
      varying vec3 vWorld;
      varying vec3 vSunSeen;
      flat varying vec4 vPuff;
      void main() {
        float d = length(vAt);
        if (d > 1.0) discard;
        vec2 q = vAt * 1.7 + vPuff.y;
        float billow = noise2(q + vec2(0.0, -vPuff.w * 1.5)) * 0.65 + noise2(q * 2.3) * 0.35;
        float cover = smoothstep(1.0, 0.3, d + (billow - 0.5) * 0.8);
        float alpha = cover * vPuff.x * mix(0.62, 0.72, vPuff.z);
        if (alpha < 0.004) discard;
        // As if round: bright towards the sun, the colour of the sky on the other side.
        vec3 n = normalize(vec3(vAt + (billow - 0.5) * 0.5, sqrt(max(0.0, 1.0 - d * d)) + 0.25));
        float lit = 0.5 + 0.5 * dot(n, vSunSeen);
        vec3 steam = mix(mix(vec3(0.68, 0.73, 0.8), uHorizon, 0.2), vec3(1.0, 0.995, 0.985), lit);
        vec3 flue = mix(vec3(0.47, 0.475, 0.49), mix(vec3(0.83, 0.815, 0.8), uHorizon, 0.25), lit);
        vec3 dark = mix(uZenith * 1.5 + 0.07, uHorizon * 1.45 + 0.1, lit);
        vec3 c = mix(mix(flue, steam, vPuff.z), (dark + 0.06) * mix(vec3(0.94), vec3(1.0), vPuff.z), uNight);
        vec4 haze = hazeAt(vWorld, cameraPosition);
        gl_FragColor = vec4(mix(c, haze.rgb, haze.a), alpha);
      }
    `,
  });
}
