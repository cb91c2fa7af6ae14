/** The material of all bodies: a surface for each part (shape/mesh.ts), with the exact colour of values applied last. */
import { type DataTexture, MeshDepthMaterial, MeshLambertMaterial } from 'three';
import { type Atmosphere, patch } from './atmosphere.ts';
import { facadeGlsl } from './facade.ts';

/** Width of the texture of asset colours; rows as needed. */
export const colourColumns = 256;

export function modelMaterial(atmosphere: Atmosphere, colours: DataTexture): MeshLambertMaterial {
  const material = new MeshLambertMaterial({ color: 0xffffff });
  return patch(material, atmosphere, {
    name: 'model',
    uniforms: { uColours: { value: colours } },
    vertexHead: /* glsl */ `
      uniform sampler2D uColours;
      attribute vec4 paint;
      attribute vec2 place;
      attribute vec4 facade;
      attribute float asset;
      flat varying vec4 vValue;
      flat varying vec4 vPaint;
      flat varying vec4 vFacade;
      varying vec2 vPlace;
      varying vec3 vFace;
    `,
    vertexBody: /* glsl */ `
      int which = int(asset + 0.5);
      vValue = which == 65535 ? vec4(0.91, 0.9, 0.86, 16.0) : texelFetch(uColours, ivec2(which % ${colourColumns}, which / ${colourColumns}), 0) * vec4(1.0, 1.0, 1.0, 255.0);
      vPaint = paint;
      vFacade = facade;
      vPlace = place;
      vFace = normal;
    `,
    fragmentHead: /* glsl */ `
      flat varying vec4 vValue;
      flat varying vec4 vPaint;
      flat varying vec4 vFacade;
      varying vec2 vPlace;
      varying vec3 vFace;
      ${facadeGlsl}
      bool has(float state, float bit) { return mod(floor(state / bit), 2.0) > 0.5; }
      // Metres in the plane of a face.
      vec2 flatOf(vec3 n) { return abs(n.y) > 0.4 ? vWorld.xz : vec2(dot(vWorld.xz, normalize(vec2(-n.z, n.x))), vWorld.y); }
      float dashed(vec2 p) {
        float period = exp2(ceil(log2(max(fwidth(p.x), fwidth(p.y)) * 18.0 + 1e-6)));
        vec2 q = p / period;
        q.x += 0.5 * mod(floor(q.y), 2.0);
        q = fract(q) - 0.5;
        float e = fwidth(p.y / period);
        return (1.0 - smoothstep(0.22, 0.22 + e, abs(q.x))) * (1.0 - smoothstep(0.055, 0.055 + e, abs(q.y)));
      }
      // Marks of quality over a value's colour: always a few pixels wide, however far away.
      vec3 marked(vec3 c, float kind, vec2 p) {
        if (kind < 0.5) return c;
        float wide = kind > 1.5 && kind < 2.5 ? 26.0 : kind < 1.5 ? 4.5 : 9.0;
        float period = exp2(ceil(log2(max(fwidth(p.x), fwidth(p.y)) * wide + 1e-6)));
        vec3 ink = c * (kind < 1.5 ? 0.7 : 0.62);
        if (kind < 2.5) {
          float s = fract((p.x + p.y) / period);
          float e = fwidth((p.x + p.y) / period) * 0.7;
          float part = kind < 1.5 ? 0.3 : 0.5;
          return mix(c, ink, smoothstep(0.0, e, s) * (1.0 - smoothstep(part, part + e, s)) * (kind < 1.5 ? 0.8 : 0.55));
        }
        vec2 q = fract(p / period) - 0.5;
        float e = fwidth(p.x / period);
        return mix(c, c * 0.55, 1.0 - smoothstep(0.2 - e, 0.2 + e, length(q)));
      }
    `,
    surface: /* glsl */ `
      vec3 tint = vPaint.rgb;
      float kindOf = vPaint.a * 255.0;
      float state = floor(vValue.a + 0.5);
      bool quietOne = has(state, 16.0);
      bool coded = kindOf > 1.5 && kindOf < 2.5 && !quietOne;
      vec3 looking = normalize(cameraPosition - vWorld);
      float glassy = 0.0;
      float blind = 0.0;
      float cells = 0.0;
      if (kindOf > 1.5 && kindOf < 2.5) {
        tint = vec3(0.925, 0.91, 0.875);
        // Nothing flows: cooler and with sparse dashes, neither the grey of what is missing nor a colour of a scale.
        if (has(state, 64.0)) tint = mix(vec3(0.8, 0.82, 0.835), vec3(0.56, 0.58, 0.6), dashed(flatOf(vFace)));
      }
      if (has(state, 8.0) || has(state, 4.0)) tint = mix(tint, vec3(1.0), 0.35);
      vec3 albedo = toLinear(tint);
      if (kindOf > 0.5 && kindOf < 1.5) {
        Facade f = facadeAt(vPlace, floor(vFacade.x * 255.0 + 0.5), vFacade.y * 25.5, vFacade.z * 25.5, vFacade.w * 255.0, albedo);
        albedo = f.albedo;
        glassy = f.glass;
        shade *= f.shade;
        blind = f.blind;
        totalEmissiveRadiance += f.lit * uNight * 1.15;
      } else if (kindOf > 2.5 && kindOf < 3.5) {
        glassy = 0.92;
        bool panel = vFacade.x * 255.0 > 0.5;
        // Modules in their frames, and the bars of roof glass.
        vec2 g = vPlace / (panel ? vec2(1.05, 2.1) : vec2(1.6, 2.4));
        vec2 w = fwidth(g);
        float line = min(bar(fract(g.x), 0.0, 0.05, w.x) + bar(fract(g.y), 0.0, 0.035, w.y), 1.0);
        glassy *= 1.0 - (panel ? 0.5 : 0.8) * line;
        if (panel) {
          vec2 c = g * vec2(6.0, 12.0);
          vec2 v = fwidth(c);
          cells = (bar(fract(c.x), 0.0, 0.1, v.x) + bar(fract(c.y), 0.0, 0.1, v.y)) * (1.0 - smoothstep(0.2, 0.6, max(v.x, v.y)));
        } else {
          float share = litShare(4.0, vFacade.w * 255.0);
          totalEmissiveRadiance += vec3(0.9, 0.95, 1.0) * (uNight * glassy * share * 0.42);
        }
      } else if (kindOf > 3.5) {
        totalEmissiveRadiance += vec3(1.0, 0.8, 0.5) * uNight * 2.0;
      }
      if (glassy > 0.0) {
        vec3 n = normalize(vFace);
        float fresnel = 0.2 + 0.8 * pow(1.0 - max(dot(n, looking), 0.0), 4.0);
        vec3 mirrored = toLinear(min(skyColour(reflect(-looking, n)), vec3(1.0)));
        vec3 pane = kindOf > 2.5 ? vec3(0.016, 0.026, 0.05) + 0.03 * cells : vec3(0.075, 0.092, 0.1);
        albedo = mix(albedo, mix(pane, vec3(0.62, 0.6, 0.55), blind * 0.75), glassy);
        totalEmissiveRadiance += mirrored * fresnel * glassy * (1.0 - 0.45 * blind) * 0.66;
      }
      // Pale ground and pale walls light each other: upright faces get more than the sky gives them.
      shade *= 1.0 + 0.42 * (1.0 - abs(vFace.y)) * (1.0 - 0.75 * uNight);
      diffuseColor.rgb = albedo;
    `,
    finish: /* glsl */ `
      if (coded) {
        gl_FragColor.rgb = marked(vValue.rgb, mod(state, 4.0), flatOf(vFace));
      }
      // A ghost covers part of the samples of a pixel only (Ghosts.tsx): translucent without being sorted.
      if (has(state, 32.0)) gl_FragColor = ghostly(gl_FragColor.rgb, haze.rgb);
    `,
  });
}

/** Shadows of all bodies, except of ghosts. */
export function modelDepthMaterial(colours: DataTexture): MeshDepthMaterial {
  const material = new MeshDepthMaterial();
  material.customProgramCacheKey = () => 'model-depth';
  material.onBeforeCompile = (shader) => {
    shader.uniforms['uColours'] = { value: colours };
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', '#include <common>\nuniform sampler2D uColours;\nattribute float asset;')
      .replace(
        '#include <project_vertex>',
        /* glsl */ `#include <project_vertex>
        int which = int(asset + 0.5);
        if (which != 65535) {
          float state = texelFetch(uColours, ivec2(which % ${colourColumns}, which / ${colourColumns}), 0).a * 255.0;
          if (mod(floor(state / 32.0 + 1e-3), 2.0) > 0.5) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
        }`,
      );
  };
  return material;
}
