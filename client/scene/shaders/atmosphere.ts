/** Sky, haze and the other things every surface of the scene shares; one set of uniforms for all materials. */
import { type IUniform, type MeshLambertMaterial, type Texture, Vector3, Vector4, type WebGLProgramParametersWithUniforms } from 'three';

export interface Atmosphere extends Record<string, IUniform> {
  uZenith: IUniform<Vector3>;
  uHorizon: IUniform<Vector3>;
  uGlow: IUniform<Vector3>;
  uSun: IUniform<Vector3>;
  uNight: IUniform<number>;
  /** Centre x, z of the park; the ground fades into the sky between the two radii. */
  uFade: IUniform<Vector4>;
  /** Baked occlusion (r), lamp light (g) and glow of windows (b) on the ground, and the box it covers: x, z, width, depth. */
  uMask: IUniform<Texture | null>;
  uMaskBox: IUniform<Vector4>;
  /** Approximate solar time of the park in hours, 0…24; decides which windows are lit. */
  uHour: IUniform<number>;
  /** 1 while something is singled out: unmeasured objects (trees, cars) are drawn as ghosts as well. */
  uGhost: IUniform<number>;
  /** 1 while buried lines are shown: the land is translucent. */
  uSection: IUniform<number>;
  /** Seconds, stands still where nothing may move. */
  uTime: IUniform<number>;
}

export function createAtmosphere(): Atmosphere {
  return {
    uZenith: { value: new Vector3() },
    uHorizon: { value: new Vector3() },
    uGlow: { value: new Vector3() },
    uSun: { value: new Vector3(0, 1, 0) },
    uNight: { value: 0 },
    uFade: { value: new Vector4(0, 0, 1, 2) },
    uMask: { value: null },
    uMaskBox: { value: new Vector4(0, 0, 1, 1) },
    uHour: { value: 12 },
    uGhost: { value: 0 },
    uSection: { value: 0 },
    uTime: { value: 0 },
  };
}

export const atmosphereGlsl = /* glsl */ `
uniform vec3 uZenith;
uniform vec3 uHorizon;
uniform vec3 uGlow;
uniform vec3 uSun;
uniform float uNight;
uniform vec4 uFade;
uniform sampler2D uMask;
uniform vec4 uMaskBox;
uniform float uHour;
uniform float uGhost;
uniform float uSection;
uniform float uTime;

float hash12(vec2 p) {
  vec3 q = fract(vec3(p.xyx) * 0.1031);
  q += dot(q, q.yzx + 33.33);
  return fract((q.x + q.y) * q.z);
}
float noise2(vec2 p) {
  vec2 i = floor(p);
  vec2 f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash12(i), hash12(i + vec2(1, 0)), f.x), mix(hash12(i + vec2(0, 1)), hash12(i + vec2(1, 1)), f.x), f.y);
}
// What the sky looks like in a direction, as seen (sRGB).
vec3 skyColour(vec3 d) {
  float h = max(d.y, 0.0);
  vec3 c = mix(uHorizon, uZenith, 1.0 - exp(-h * 3.2));
  float s = max(dot(normalize(vec3(d.x, max(d.y, 0.0), d.z)), uSun), 0.0);
  float low = exp(-h * 5.0);
  float s5 = s * s * s * s * s;
  float s10 = s5 * s5;
  float s40 = s10 * s10 * s10 * s10;
  // Light is added as on a screen, so that nothing burns out.
  return 1.0 - (1.0 - c) * (1.0 - min(uGlow * (0.75 * s5 * (0.35 + 0.65 * low) + 0.35 * s40), 1.0));
}
// The same at the horizon, where most haze comes from: no transcendentals, as every pixel needs it.
vec3 horizonColour(vec2 d) {
  float s = max(dot(normalize(vec3(d.x, 0.0, d.y)), uSun), 0.0);
  float s5 = s * s * s * s * s;
  float s10 = s5 * s5;
  return 1.0 - (1.0 - uHorizon) * (1.0 - min(uGlow * (0.75 * s5 + 0.35 * s10 * s10 * s10 * s10), 1.0));
}
// sRGB to linear within a thousandth, without a power.
vec3 toLinear(vec3 c) { return c * (c * (c * 0.305306011 + 0.682171111) + 0.012522878); }
// Air between the eye and a place, and the end of the ground in the sky: a colour to mix to (rgb) and how much (a).
vec4 hazeAt(vec3 world, vec3 eye) {
  vec3 d = world - eye;
  float l = length(d);
  float far = smoothstep(uFade.z, uFade.w, length(world.xz - uFade.xy));
  // A layer of haze some 60 m thick: little of it on the way down from a bird, much along the ground.
  float high = max(eye.y, 1.0) / 60.0;
  float through = l * (1.0 - exp(-high)) / high / uFade.z;
  float air = 0.85 * through / (1.0 + through);
  return vec4(horizonColour(d.xz), 1.0 - (1.0 - far) * (1.0 - air));
}
// What has stepped back: nearly without colour, nearly without weight; less still over what lies in the ground.
vec4 ghostly(vec3 c, vec3 air) {
  return vec4(mix(mix(vec3(dot(c, vec3(0.3, 0.59, 0.11))), c, 0.15), air, 0.35), mix(0.3, 0.2, uSection));
}
`;

/** For unmeasured objects (trees, cars): they become ghosts with everything else, and vanish while buried lines are shown. */
export const ghostFinish = `if (uGhost > 0.5) {
  gl_FragColor = ghostly(gl_FragColor.rgb, haze.rgb);
  gl_FragColor.a *= 1.0 - uSection;
}`;

export interface Patch {
  name: string;
  uniforms?: Record<string, IUniform>;
  vertexHead?: string;
  /** After the position is known: `transformed`, and `placed` (vec4, in the world). */
  vertexBody?: string;
  fragmentHead?: string;
  /** May change diffuseColor.rgb (linear), totalEmissiveRadiance and `shade` (a factor on ambient light). */
  surface?: string;
  /** May change gl_FragColor.rgb as displayed, after haze. */
  finish?: string;
}

/** Patches a Lambert material: three.js lights it, the patch colours it. One for each kind of surface. */
export function patch<M extends MeshLambertMaterial>(material: M, atmosphere: Atmosphere, p: Patch): M {
  material.customProgramCacheKey = () => p.name;
  // May become a ghost (Ghosts.tsx).
  material.userData['steps'] = p.finish?.includes('ghostly') ?? false;
  material.onBeforeCompile = (shader: WebGLProgramParametersWithUniforms) => {
    Object.assign(shader.uniforms, atmosphere, p.uniforms);
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', `#include <common>\nvarying vec3 vWorld;\n${p.vertexHead ?? ''}`)
      .replace(
        '#include <fog_vertex>',
        /* glsl */ `
        vec4 placed = vec4(transformed, 1.0);
        #ifdef USE_INSTANCING
          placed = instanceMatrix * placed;
        #endif
        placed = modelMatrix * placed;
        vWorld = placed.xyz;
        ${p.vertexBody ?? ''}`,
      );
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', `#include <common>\nvarying vec3 vWorld;\n${atmosphereGlsl}\n${p.fragmentHead ?? ''}`)
      .replace('#include <color_fragment>', `#include <color_fragment>\nfloat shade = 1.0;\n${p.surface ?? ''}`)
      .replace(
        '#include <aomap_fragment>',
        'reflectedLight.indirectDiffuse *= shade; reflectedLight.directDiffuse *= mix(1.0, shade, 0.35);',
      )
      .replace(
        '#include <dithering_fragment>',
        /* glsl */ `
        vec4 haze = hazeAt(vWorld, cameraPosition);
        gl_FragColor.rgb = mix(gl_FragColor.rgb, haze.rgb, haze.a);
        ${p.finish ?? ''}`,
      );
  };
  return material;
}
