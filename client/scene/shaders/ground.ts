/** The ground: pale surfaces with a grain near the camera, water, baked occlusion, lamp light, and a fade into the sky. */
import { MeshLambertMaterial, NotEqualStencilFunc, ReplaceStencilOp } from 'three';
import type { Relief } from '../../../models/park/relief.ts';
import { type Atmosphere, patch } from './atmosphere.ts';

/** Metres between contour lines, as on a cut site model. */
const contour_m = 4;

const waterScales = '0.35, 0.35, 1.3, 1.3';

/**
 * Grain by kind of surface, in the order of shape/surface.ts. Scales: of two noises near the camera and two very close to
 * it, per metre; amounts: of the same. Specks: scale and amount of cells near the camera, and very close to it. Broad: of
 * patches as large as a house.
 */
const grainTables = /* glsl */ `
const vec4 scalesOf[8] = vec4[8](
  vec4(2.3, 1.0, 29.0, 1.0), vec4(1.7, 7.0, 54.0, 23.0), vec4(${waterScales}), vec4(0.9, 0.21, 19.0, 1.0),
  vec4(1.0, 1.0, 37.0, 1.0), vec4(6.0, 1.0, 1.0, 1.0), vec4(2.1, 8.0, 31.0, 67.0), vec4(1.0));
const vec4 amountsOf[8] = vec4[8](
  vec4(0.04, 0.0, 0.13, 0.0), vec4(0.14, 0.1, 0.276, 0.184), vec4(0.0), vec4(0.07, 0.05, 0.08, 0.0),
  vec4(0.0, 0.0, 0.05, 0.0), vec4(0.0), vec4(0.072, 0.048, 0.18, 0.12), vec4(0.0));
const vec4 specksOf[8] = vec4[8](
  vec4(8.0, 0.03, 71.0, 0.09), vec4(0.0), vec4(0.0), vec4(11.0, 0.035, 83.0, 0.2),
  vec4(0.41667, 0.04, 1.66667, 0.07), vec4(0.0), vec4(0.0), vec4(5.0, 0.16, 0.0, 0.0));
const float broadOf[8] = float[8](0.03, 0.07, 0.0, 0.04, 0.0, 0.0, 0.025, 0.0);
`;
const grainGlsl =
  'flat varying vec4 vPaint; flat varying vec4 vScales; flat varying vec4 vAmounts; flat varying vec4 vSpecks; flat varying float vBroad;';

export function groundMaterial(atmosphere: Atmosphere, land: Relief | null): MeshLambertMaterial {
  // All layers lie at one height and no depth is written, so there is no z-fighting. The uppermost layer is drawn first, and
  // the stencil skips covered layers: shading them would be two thirds of a frame in software rendering.
  const material = new MeshLambertMaterial({ color: 0xffffff, depthWrite: false });
  material.stencilWrite = true;
  material.stencilRef = 1;
  material.stencilFunc = NotEqualStencilFunc;
  material.stencilZPass = ReplaceStencilOp;
  return patch(material, atmosphere, {
    name: land === null ? 'ground' : 'ground of hills',
    uniforms: { uSea: { value: land?.sea ?? -1e6 } },
    vertexHead: `attribute vec4 paint; ${grainGlsl} varying float vUp; ${grainTables}`,
    vertexBody: `
      vPaint = paint;
      vUp = normal.y;
      int kind = int(paint.a * 255.0 + 0.5);
      vScales = scalesOf[kind];
      vAmounts = amountsOf[kind];
      vSpecks = specksOf[kind];
      vBroad = broadOf[kind];
    `,
    fragmentHead: `${grainGlsl} varying float vUp; uniform float uSea;`,
    surface: /* glsl */ `
      float kindOf = floor(vPaint.a * 255.0 + 0.5);
      vec3 tint = vPaint.rgb;
      vec4 scales = vScales, amounts = vAmounts, specks = vSpecks;
      vec2 p = vWorld.xz;
      float grainScale = max(fwidth(p.x), fwidth(p.y));
      float near = 1.0 - smoothstep(0.25, 1.6, grainScale);
      // Underfoot: what only somebody sees who stands there.
      float close = 1.0 - smoothstep(0.02, 0.16, grainScale);
      float mid = 1.0 - smoothstep(3.0, 14.0, grainScale);
      vec4 baked = texture2D(uMask, (p - uMaskBox.xy) / uMaskBox.zw);
      vec2 inside = step(uMaskBox.xy, p) * step(p, uMaskBox.xy + uMaskBox.zw);
      float within = inside.x * inside.y;
      float dark = within * baked.r;
      // 1 in the middle of water, 0 at its shore; the sea is deep a little off the beach.
      float deep = smoothstep(0.5, 0.95, 1.0 - baked.a);
      ${land === null ? '' : hillsGlsl}
      // The grain of every kind from the same few noises: a software renderer works out all branches for every pixel.
      float n1 = noise2(p * scales.x + 3.0);
      float n2 = noise2(p * scales.y + 19.0);
      float m1 = noise2(p * scales.z);
      float m2 = noise2(p * scales.w + 41.0);
      float cells = hash12(floor(p * specks.x)) - 0.5;
      float grit = hash12(floor(p * specks.z)) - 0.5;
      float grain = near * (amounts.x * (n1 - 0.5) + amounts.y * (n2 - 0.5)) + specks.y * cells * (kindOf == 4.0 ? mid : near);
      grain += close * (amounts.z * (m1 - 0.5) + amounts.w * (m2 - 0.5) + specks.w * grit);
      tint *= (1.0 + grain) * (1.0 + vBroad * (noise2(p / 34.0) - 0.5) * (kindOf == 6.0 ? 1.0 : mid));
      if (kindOf == 1.0) {
        // Clover among the blades; mown stripes, as far as they can be seen.
        tint = mix(tint, tint * vec3(0.97, 1.01, 0.93), close * smoothstep(0.55, 0.75, n1));
        tint *= 1.0 + 0.018 * mid * (step(0.5, fract((p.x * 0.98 + p.y * 0.2) / 7.0)) - 0.5);
      } else if (kindOf == 4.0) {
        // Slabs, and the small flags of each.
        vec2 g = fract(p / 2.4);
        vec2 w = fwidth(p / 2.4);
        float joint = max(1.0 - smoothstep(0.03, 0.03 + w.x, g.x), 1.0 - smoothstep(0.03, 0.03 + w.y, g.y));
        vec2 f = abs(fract(p / 0.6) - 0.5);
        tint *= 1.0 - 0.1 * joint * (1.0 - smoothstep(0.15, 0.5, w.x)) - close * 0.12 * smoothstep(0.46, 0.49, max(f.x, f.y));
      } else if (kindOf == 5.0) {
        // Paint, worn by wheels.
        tint = mix(tint, vec3(0.76, 0.75, 0.73), smoothstep(0.4, 2.6, grainScale)) * (1.0 - near * 0.16 * smoothstep(0.5, 0.9, n1));
      }${
        land === null
          ? ` else if (kindOf == 6.0) {
        // The land around: a patchwork of fields that is felt rather than seen, with furrows near the eye.
        vec2 q = mat2(0.989, -0.147, 0.147, 0.989) * p;
        vec2 cell = floor(q / vec2(210.0, 130.0) + vec2(0.37 * floor(q.y / 130.0), 0.0));
        float field = hash12(cell);
        tint = mix(tint, tint * vec3(0.965, 0.985, 0.945), step(0.45, field) * 0.9) * (1.0 + 0.035 * (field - 0.5));
        vec2 dir = fract(field * 7.13) > 0.5 ? vec2(1.0, 0.12) : vec2(-0.12, 1.0);
        tint *= 1.0 + 0.03 * (1.0 - smoothstep(0.25, 1.0, grainScale)) * sin(dot(q, dir) * 1.4);
      }`
          : ''
      }
      vec3 albedo = toLinear(tint);
      if (kindOf == 2.0) {
        vec3 looking = normalize(cameraPosition - vWorld);
        vec2 r = vec2(n1 - 0.5, n2 - 0.5) * 0.09 * (0.3 + 0.7 * mid) + vec2(m1 - 0.5, m2 - 0.5) * 0.07 * near;
        vec3 n = normalize(vec3(r.x, 1.0, r.y));
        float fresnel = 0.05 + 0.95 * pow(1.0 - max(dot(n, looking), 0.0), 3.6);
        vec3 seen = reflect(-looking, n);
        seen.y = abs(seen.y);
        vec3 mirrored = toLinear(min(skyColour(seen), vec3(1.0)));
        float glint = pow(max(dot(seen, uSun), 0.0), 220.0) * (1.0 - uNight);
        // Shallow and pale at the shore, with a wet line where it meets the land.
        albedo *= mix(vec3(1.16, 1.13, 1.04), vec3(0.8, 0.9, 0.97), deep);
        albedo *= 1.0 - 0.55 * fresnel;
        totalEmissiveRadiance += mirrored * fresnel * 0.8 + vec3(1.0, 0.93, 0.8) * glint * 0.5;
        dark *= 0.6;
      }
      shade *= 1.0 - 0.62 * dark;
      albedo *= 1.0 - 0.14 * dark;
      // Lamps along the streets, and what falls out of windows.
      totalEmissiveRadiance += albedo * uNight * within * (vec3(1.0, 0.78, 0.5) * baked.g * 1.05 + vec3(1.0, 0.78, 0.5) * baked.b * 0.5);
      diffuseColor.rgb = albedo;
    `,
    // While buried lines are shown the land is translucent, but visible enough to know where one is.
    finish: /* glsl */ `
      if (uSection > 0.5) {
        float grey = dot(gl_FragColor.rgb, vec3(0.3, 0.59, 0.11));
        gl_FragColor = vec4(mix(vec3(grey), gl_FragColor.rgb, 0.45), 0.34);
      }
    `,
  });
}

/** On hills: contour lines, dry slopes, and the sea with its beach. */
const hillsGlsl = /* glsl */ `
      if (kindOf == 6.0) {
        float over = vWorld.y - uSea;
        tint = mix(tint, vec3(0.71, 0.72, 0.62), smoothstep(0.015, 0.12, 1.0 - vUp) * 0.75);
        tint = mix(vec3(0.93, 0.9, 0.83), tint, smoothstep(1.0, 5.0, over));
        if (over < 0.0) {
          kindOf = 2.0;
          scales = vec4(${waterScales});
          amounts = vec4(0.0);
          specks = vec4(0.0);
          tint = vec3(0.55, 0.67, 0.72);
          deep = 0.85;
        }
      }
      // Fine lines of equal height, as on a model that was cut from board.
      if (kindOf == 6.0 || kindOf == 0.0 || kindOf == 1.0) {
        float level = vWorld.y / ${contour_m.toFixed(1)};
        float w = fwidth(level);
        float line = 1.0 - smoothstep(w * 0.4, w * 1.3, abs(fract(level + 0.5) - 0.5));
        float fifth = mod(floor(level + 0.5), 5.0) < 0.5 ? 1.0 : 0.55;
        tint *= 1.0 - 0.17 * fifth * line * (1.0 - smoothstep(0.12, 0.4, w)) * smoothstep(0.001, 0.004, 1.0 - vUp);
      }
`;
