/** Pipes and cables in the ground: they face the camera, look round and are never too thin to be seen; and the bed below. */
import { type DataTexture, DoubleSide, ShaderMaterial, Vector3 } from 'three';
import { type Atmosphere, atmosphereGlsl } from './atmosphere.ts';

/** How a line is drawn: hidden, as a ghost (faded), plain, or chosen (selected or hovered). */
export const standing = { hidden: 0, ghost: 1, plain: 2, chosen: 3 } as const;

/** `lines`: one texel a line: colour, and in alpha half-width in metres plus 10 × standing. `shadow`: draws the bed's shadows. */
export function buriedMaterial(atmosphere: Atmosphere, lines: DataTexture, bed: number, shadow: boolean): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: { ...atmosphere, uLines: { value: lines }, uPixel: { value: 0.001 }, uBed: { value: bed } },
    side: DoubleSide,
    transparent: shadow,
    depthWrite: !shadow,
    toneMapped: false,
    defines: shadow ? { SHADOW: 1 } : {},
    vertexShader: /* glsl */ `
      attribute vec3 from;
      attribute vec3 to;
      attribute float line;
      uniform sampler2D uLines;
      uniform float uPixel;
      uniform float uBed;
      flat varying vec4 vLine;
      flat varying float vStanding;
      flat varying float vLength;
      flat varying float vMetre;
      varying vec2 vAt;
      varying vec3 vWorld;
      varying vec3 vSide;
      varying vec3 vEye;
      void main() {
        vLine = texelFetch(uLines, ivec2(0, int(line + 0.5)), 0);
        vStanding = floor(vLine.a / 10.0 + 0.01);
        float wide = vLine.a - vStanding * 10.0;
        vec3 a = from;
        vec3 b = to;
        #ifdef SHADOW
          a.y = uBed + 0.05;
          b.y = uBed + 0.05;
        #endif
        vec3 d = b - a;
        float l = length(d);
        vec3 middle = mix(a, b, position.x);
        vec3 eye = normalize(cameraPosition - middle);
        #ifdef SHADOW
          eye = vec3(0.0, 1.0, 0.0);
        #endif
        vec3 axis = l > 1e-3 ? d / l : normalize(vec3(eye.z, 0.0, -eye.x) + vec3(1e-4, 0.0, 0.0));
        vec3 side = cross(axis, eye);
        side = length(side) > 1e-3 ? normalize(side) : vec3(1.0, 0.0, 0.0);
        float pixel = max(1.0, -(viewMatrix * vec4(middle, 1.0)).z) * uPixel;
        vMetre = max(wide, pixel * (vStanding > 2.5 ? 2.8 : 1.9));
        #ifdef SHADOW
          vMetre *= 2.8;
        #endif
        float grow = vMetre + pixel;
        vec3 p = middle + axis * (position.x * 2.0 - 1.0) * grow + side * position.y * grow;
        vAt = vec2(position.x * l + (position.x * 2.0 - 1.0) * grow, position.y * grow);
        vLength = l;
        vWorld = p;
        vSide = side;
        vEye = normalize(cross(side, axis)) * sign(dot(cross(side, axis), eye) + 1e-6);
        gl_Position = vStanding > 0.5 ? projectionMatrix * viewMatrix * vec4(p, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
      }
    `,
    fragmentShader: /* glsl */ `
      ${atmosphereGlsl}
      flat varying vec4 vLine;
      flat varying float vStanding;
      flat varying float vLength;
      flat varying float vMetre;
      varying vec2 vAt;
      varying vec3 vWorld;
      varying vec3 vSide;
      varying vec3 vEye;
      void main() {
        float past = max(max(-vAt.x, vAt.x - vLength), 0.0);
        float far = length(vec2(past, vAt.y)) / vMetre;
        vec4 haze = hazeAt(vWorld, cameraPosition);
        #ifdef SHADOW
          float soft = 1.0 - smoothstep(0.0, 1.0, far);
          gl_FragColor = vec4(0.0, 0.0, 0.0, 0.13 * soft * (1.0 - haze.a) * (vStanding < 1.5 ? 0.2 : 1.0));
        #else
          if (far > 1.0) discard;
          float across = vAt.y / vMetre;
          vec3 n = vSide * across + vEye * sqrt(max(0.0, 1.0 - far * far));
          float light = 0.72 + 0.34 * n.y - 0.1 * abs(across);
          vec3 c = vLine.rgb * mix(light, 0.8 + 0.25 * light, uNight);
          // A line of light along its back, so that it is round from afar as well.
          c = mix(c, vec3(1.0), 0.28 * smoothstep(0.55, 0.0, length(vec2(across + 0.25, past / vMetre))));
          if (vStanding < 1.5) c = mix(vec3(dot(c, vec3(0.3, 0.59, 0.11))), haze.rgb, 0.6);
          if (vStanding > 2.5) c = mix(c, vec3(1.0), 0.3);
          gl_FragColor = vec4(mix(c, haze.rgb, haze.a * 0.7), 1.0);
        #endif
      }
    `,
  });
}

/** The bed: one plain surface that fades into the haze. */
export function bedMaterial(atmosphere: Atmosphere): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: { ...atmosphere, uDay: { value: new Vector3(0.74, 0.715, 0.67) }, uDark: { value: new Vector3(0.085, 0.1, 0.15) } },
    depthWrite: false,
    toneMapped: false,
    side: DoubleSide,
    vertexShader: /* glsl */ `
      varying vec3 vWorld;
      void main() {
        vWorld = (modelMatrix * vec4(position, 1.0)).xyz;
        gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
      }
    `,
    fragmentShader: /* glsl */ `
      ${atmosphereGlsl}
      uniform vec3 uDay;
      uniform vec3 uDark;
      varying vec3 vWorld;
      void main() {
        vec4 haze = hazeAt(vWorld, cameraPosition);
        vec3 c = mix(uDay, uDark, uNight);
        // A fine grid of 100 m, for scale.
        vec2 g = abs(fract(vWorld.xz / 100.0 - 0.5) - 0.5) * 100.0;
        vec2 w = fwidth(vWorld.xz) * 1.2;
        float line = max(1.0 - smoothstep(0.0, w.x, g.x), 1.0 - smoothstep(0.0, w.y, g.y));
        c *= 1.0 - 0.1 * line * (1.0 - smoothstep(4.0, 14.0, w.x));
        gl_FragColor = vec4(mix(c, haze.rgb, haze.a), 1.0);
      }
    `,
  });
}
