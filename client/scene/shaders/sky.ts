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
        // Below the horizon the ground is drawn over it.
        if (d.y < -0.01) {
          gl_FragColor = vec4(c, 1.0);
          return;
        }
        // A few high, thin clouds that stand still.
        vec2 high = d.xz / (d.y + 0.09);
        float veil = noise2(high * vec2(0.9, 2.3) + 11.0) * 0.55 + noise2(high * vec2(2.6, 6.1) + 3.0) * 0.3 + noise2(high * vec2(7.0, 15.0)) * 0.15;
        veil = smoothstep(0.52, 0.86, veil) * smoothstep(0.0, 0.22, d.y);
        vec3 lit = mix(mix(vec3(1.0), uHorizon, 0.35), mix(uHorizon, uGlow + uHorizon, 0.5), uNight);
        c = mix(c, min(lit, vec3(1.0)), veil * mix(0.42, 0.2, uNight));
        float toSun = dot(d, uSun);
        float disc = smoothstep(0.99989, 0.99994, toSun) * (1.0 - uNight);
        c = mix(c, vec3(1.0, 0.97, 0.9), disc * 0.85);
        // At night the same place holds the moon of the model, with a faint ring of light.
        float moon = smoothstep(0.99991, 0.99995, toSun) * (0.82 + 0.18 * noise2(d.xy * 420.0));
        float ring = pow(max(toSun, 0.0), 900.0) * 0.22;
        c = mix(c, vec3(0.93, 0.94, 0.9), smoothstep(0.85, 1.0, uNight) * min(1.0, moon + ring * 0.6));
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
