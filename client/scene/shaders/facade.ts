/** Façades by style (shape/character.ts): windows by floor and bay, lit at night, blended to their mean from afar. */
export const facadeGlsl = /* glsl */ `
// 1 between a and b, softened by w; the mean where a period is smaller than a pixel.
float bar(float x, float a, float b, float w) {
  float m = smoothstep(a - w, a + w, x) - smoothstep(b - w, b + w, x);
  return mix(m, b - a, smoothstep(0.35, 0.9, w));
}
struct Facade { vec3 albedo; float glass; float lit; float shade; };

Facade facadeAt(vec2 p, float style, float floorHeight, float bay, float seed, vec3 wall) {
  vec2 size = vec2(max(bay, 1.0), max(floorHeight, 2.5));
  vec2 cell = p / size;
  vec2 w = fwidth(cell);
  vec2 f = fract(cell);
  vec2 id = floor(cell);
  float rough = max(w.x, w.y);
  float window = 0.0;
  vec3 albedo = wall;
  float ground = 1.0 - step(1.0, cell.y);
  float shade = 1.0;
  if (style < 0.5) {            // metal panels: fine ribs, joints, a strip of light under the eaves
    float rib = abs(fract(p.x / 0.9) - 0.5) * 2.0;
    albedo *= mix(0.97 + 0.05 * smoothstep(0.2, 0.8, rib), 0.99, smoothstep(0.25, 0.8, fwidth(p.x / 0.9)));
    albedo *= 1.0 - 0.1 * bar(f.x, 0.0, 0.03, w.x);
    window = ground * bar(f.y, 0.74, 0.86, w.y) * 0.8;
    albedo = mix(albedo, wall * 0.86, 1.0 - smoothstep(0.9, 1.0, p.y));
  } else if (style < 1.5) {     // ribbon windows with mullions and spandrels
    float mullion = 1.0 - bar(f.x, 0.0, 0.05, w.x) - bar(f.x, 0.49, 0.52, w.x);
    window = bar(f.y, 0.3, 0.82, w.y) * mullion;
    albedo *= 1.0 - 0.07 * bar(f.y, 0.86, 0.9, w.y);
  } else if (style < 2.5) {     // punched windows, now and then a shade drawn
    window = bar(f.y, 0.28, 0.8, w.y) * bar(f.x, 0.2, 0.78, w.x);
    float sill = bar(f.y, 0.22, 0.28, w.y) * bar(f.x, 0.16, 0.82, w.x);
    albedo = mix(albedo, wall * 1.08, sill * 0.8);
    shade *= 1.0 - 0.35 * bar(f.y, 0.74, 0.8, w.y) * bar(f.x, 0.2, 0.78, w.x);
  } else if (style < 3.5) {     // curtain wall
    float frame = 1.0 - bar(f.x, 0.0, 0.07, w.x);
    window = frame * bar(f.y, 0.06, 0.94, w.y);
  } else if (style < 4.5) {     // halls: high clerestory, gates
    window = bar(f.y, 0.62, 0.84, w.y) * (1.0 - bar(f.x, 0.0, 0.06, w.x));
    float gate = step(0.72, hash12(vec2(id.x, seed))) * ground * bar(f.x, 0.16, 0.86, w.x) * bar(f.y, 0.0, 0.5, w.y);
    albedo = mix(albedo, wall * 0.72, gate * (0.75 + 0.25 * step(0.5, fract(p.y * 1.6))));
    albedo *= 1.0 - 0.06 * bar(f.x, 0.0, 0.04, w.x);
  } else if (style < 5.5) {     // louvres
    float slat = mix(step(0.45, fract(p.y * 2.4)), 0.55, smoothstep(0.2, 0.7, fwidth(p.y * 2.4)));
    float field = bar(f.x, 0.1, 0.9, w.x) * bar(f.y, 0.22, 0.86, w.y);
    albedo = mix(albedo, wall * (0.72 + 0.2 * slat), field * 0.9);
  } else {                      // open decks
    float open = bar(f.y, 0.38, 0.92, w.y);
    float post = bar(f.x, 0.0, 0.05, w.x);
    albedo = mix(albedo, vec3(0.09, 0.09, 0.1), open * (1.0 - post) * 0.85);
  }
  // Doors and shop windows on the ground floor of houses.
  if (style > 0.5 && style < 3.5) {
    float door = ground * step(0.62, hash12(vec2(id.x, seed + 7.0))) * bar(f.x, 0.1, 0.9, w.x) * bar(f.y, 0.02, 0.8, w.y);
    window = max(window, door);
  }
  // A plinth, and the contact with the ground.
  albedo *= 1.0 - 0.16 * (1.0 - smoothstep(0.35, 0.45, p.y));
  shade *= 0.62 + 0.38 * smoothstep(-1.0, 5.0, p.y);

  // Which rooms have light: less towards midnight, never none; the same rooms for the same hour.
  float evening = uHour > 12.0 ? smoothstep(24.5, 17.0, uHour) : smoothstep(4.5, 8.0, uHour);
  float share = mix(0.12, 0.68, evening);
  float room = hash12(floor(vec2(id.x / (style < 1.5 ? 2.0 : 1.0), id.y)) + seed * 3.7);
  float on = mix(step(room, share), share, smoothstep(0.5, 1.2, rough));
  float warm = 0.55 + 0.45 * hash12(id + seed);
  Facade r;
  r.albedo = albedo;
  r.glass = clamp(window, 0.0, 1.0);
  r.lit = r.glass * on * warm;
  r.shade = shade;
  return r;
}
`;
