/** Lines on the ground: a band in the exact colour of what flows, a dark edge, and pulses whose speed follows the power. */
import { type DataTexture, DoubleSide, ShaderMaterial } from 'three';
import { type Atmosphere, atmosphereGlsl } from './atmosphere.ts';

/** Pulses repeat after this many metres. */
export const gap_m = 46;

/** How the carriers differ: solid for electricity, a dotted middle for fuels, two pipes for all others (heat, cooling). */
export const course = { wire: 0, pipes: 1, dotted: 2 } as const;

/**
 * `full` is the half-width in metres of a followed line that carries all of it: from afar it is drawn at least
 * 9 pixels to each side, and the others in proportion, so that widths can be compared.
 */
export function flowMaterial(atmosphere: Atmosphere, lines: DataTexture, full = 4): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: { ...atmosphere, uLines: { value: lines }, uPixel: { value: 0.001 }, uRan: { value: 0 } },
    side: DoubleSide,
    transparent: true,
    depthWrite: false,
    toneMapped: false,
    vertexShader: /* glsl */ `
      attribute vec4 ends;
      attribute vec2 along;
      attribute vec2 levels;
      uniform sampler2D uLines;
      uniform float uPixel;
      flat varying vec4 vColour;
      flat varying vec4 vShape;
      varying vec3 vAt;
      varying vec3 vWorld;
      varying float vLength;
      varying float vMetre;
      varying float vFaint;
      void main() {
        int line = int(along.x + 0.5);
        vColour = texelFetch(uLines, ivec2(0, line), 0);
        vShape = texelFetch(uLines, ivec2(1, line), 0);
        vec2 d = ends.zw - ends.xy;
        float l = length(d);
        vec2 axis = d / max(l, 1e-4);
        vec2 side = vec2(-axis.y, axis.x);
        vec2 middle = mix(ends.xy, ends.zw, position.x);
        float level = mix(levels.x, levels.y, position.x);
        float depth = max(1.0, -(viewMatrix * vec4(middle.x, level, middle.y, 1.0)).z);
        float pixel = depth * uPixel;
        bool followed = abs(vColour.a) > 1.5;
        float wide = followed ? vShape.x * max(1.0, 9.0 * pixel / ${full.toFixed(2)}) : vShape.x;
        float half_ = max(wide, pixel * (followed ? 1.0 : 0.85));
        // What is thinner than a pixel is drawn a pixel wide and paler.
        vFaint = followed ? 1.0 : clamp(vShape.x / (pixel * 0.85), 0.4, 1.0);
        float grow = half_ + pixel;
        vec2 p = middle + axis * (position.x * 2.0 - 1.0) * grow + side * position.y * grow;
        vWorld = vec3(p.x, level + 0.3, p.y);
        vAt = vec3(position.x * l + (position.x * 2.0 - 1.0) * grow, position.y * grow, along.y);
        vLength = l;
        vMetre = half_;
        gl_Position = vShape.x > 0.0 ? projectionMatrix * viewMatrix * vec4(vWorld, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
        // A band is level across, a slope is not: its depth is taken half its width nearer the eye.
        vec4 nearer = projectionMatrix * viewMatrix * vec4(vWorld + normalize(cameraPosition - vWorld) * grow * 0.6, 1.0);
        if (levels.x != 0.0 || levels.y != 0.0) gl_Position.z = nearer.z / nearer.w * gl_Position.w;
      }
    `,
    fragmentShader: /* glsl */ `
      ${atmosphereGlsl}
      uniform float uRan;
      flat varying vec4 vColour;
      flat varying vec4 vShape;
      varying vec3 vAt;
      varying vec3 vWorld;
      varying float vLength;
      varying float vMetre;
      varying float vFaint;
      void main() {
        float x = vAt.x;
        float past = max(max(-x, x - vLength), 0.0);
        float d = length(vec2(past, vAt.y));
        float w = fwidth(vAt.y) * 0.75 + 1e-5;
        float cover = 1.0 - smoothstep(vMetre - w, vMetre + w, d);
        float rim = smoothstep(vMetre * 0.66 - w, vMetre * 0.66 + w, d);
        float style = floor(vShape.w / 8.0 + 1e-3);
        float state = vShape.w - style * 8.0;
        float s = x + vAt.z;
        vec3 c = vColour.rgb;
        vec3 edge = mix(vec3(0.2, 0.22, 0.25), c, 0.25) * mix(1.0, 0.55, uNight);
        // Pipes come in pairs: supply and return.
        if (style > 0.5 && style < 1.5) rim = max(rim, 1.0 - smoothstep(vMetre * 0.1, vMetre * 0.1 + w, abs(vAt.y)));
        if (style > 1.5) {
          float seen = 1.0 - smoothstep(0.6, 2.0, w);
          rim = max(rim, seen * step(0.72, fract(s / 5.0)) * 0.8);
        }
        bool followed = abs(vColour.a) > 1.5;
        float pulse = 0.0;
        if (vColour.a != 0.0 && !followed) {
          float gap = ${gap_m.toFixed(1)};
          float f = fract((s - vShape.y - vShape.z * uRan) / gap);
          if (vColour.a < 0.0) f = 1.0 - f;
          // A head and a tail that fades behind it.
          pulse = smoothstep(0.42, 0.97, f) * (1.0 - smoothstep(0.97, 1.0, f));
        }
        vec3 bright = mix(vec3(1.0), c, 0.12);
        vec3 seen = mix(mix(c, bright, pulse * 0.85), edge, rim * (1.0 - pulse * 0.4));
        if (followed) {
          // Chevrons that point with the flow, and stand where nothing may move; as many to the repeat as fit its width.
          float many = exp2(floor(log2(max(1.0, ${gap_m.toFixed(1)} / (7.0 * vMetre)))));
          float along = (s - vShape.y - vShape.z * uRan) * sign(vColour.a) + abs(vAt.y);
          float f = fract(along * many / ${gap_m.toFixed(1)});
          float e = fwidth(along) * many / ${gap_m.toFixed(1)};
          float mark = smoothstep(0.0, e, f) * (1.0 - smoothstep(0.3, 0.3 + e, f)) * (1.0 - smoothstep(0.25, 0.6, e));
          float light = dot(c, vec3(0.3, 0.59, 0.11));
          rim = smoothstep(vMetre * 0.82 - w, vMetre * 0.82 + w, d);
          seen = mix(mix(c, light > 0.45 ? c * 0.5 : mix(c, vec3(1.0), 0.6), mark), edge, rim);
        }
        float alpha = cover * vFaint;
        vec4 haze = hazeAt(vWorld, cameraPosition);
        // Open or unknown: broken.
        if (mod(state, 2.0) > 0.5) alpha *= step(0.5, fract(s / 9.0)) * 0.75;
        // Stepped back: a grey trace.
        if (mod(floor(state / 2.0), 2.0) > 0.5) {
          seen = mix(vec3(dot(seen, vec3(0.3, 0.59, 0.11))), haze.rgb, 0.5);
          alpha *= 0.3;
        }
        if (state > 3.5) seen = mix(seen, vec3(1.0), 0.35);
        gl_FragColor = vec4(seen, alpha * (1.0 - 0.8 * haze.a));
      }
    `,
  });
}
