/** Façades by style (shape/character.ts): windows by floor and bay, lit at night, blended to their mean from afar. */
export const facadeGlsl = /* glsl */ `
// 1 between a and b, softened by w; the mean where a period is smaller than a pixel.
float bar(float x, float a, float b, float w) {
  float m = smoothstep(a - w, a + w, x) - smoothstep(b - w, b + w, x);
  return mix(m, b - a, smoothstep(0.35, 0.9, w));
}
struct Facade { vec3 albedo; float glass; float blind; vec3 lit; float shade; };

// Share of rooms with light at an hour of the day, by who uses the house: nobody lights all of it, and it is never all dark.
float litShare(float style, float seed) {
  float h = uHour < 12.0 ? uHour + 24.0 : uHour;
  // Homes: evening until half past ten, a little before work.
  if (style > 6.5 && style < 7.5)
    return 0.05 + 0.55 * smoothstep(16.5, 19.5, h) * (1.0 - smoothstep(21.8, 24.6, h)) + 0.26 * smoothstep(29.2, 30.6, h);
  // Halls: some work through the night, others leave a light at the gate.
  bool hall = style < 0.5 || (style > 3.5 && style < 6.5) || style > 8.5;
  if (hall) return fract(seed * 0.137) < 0.55 ? 0.85 : mix(0.16, 0.85, 1.0 - smoothstep(19.0, 21.5, h));
  // Offices empty from six; cleaners; the first come at seven.
  return 0.07 + 0.6 * (1.0 - smoothstep(17.5, 22.5, h)) + 0.5 * smoothstep(29.8, 32.0, h);
}

Facade facadeAt(vec2 p, float style, float floorHeight, float bay, float seed, vec3 wall) {
  vec2 size = vec2(max(bay, 1.0), max(floorHeight, 2.5));
  vec2 cell = p / size;
  vec2 w = fwidth(cell);
  vec2 f = fract(cell);
  vec2 id = floor(cell);
  float rough = max(w.x, w.y);
  float near = 1.0 - smoothstep(0.02, 0.07, rough);
  float window = 0.0;
  // Bars between panes, sills and frames: lighter than glass, drawn over it.
  float frame = 0.0;
  // Shadow that the reveal throws on the glass, from above.
  float reveal = 0.0;
  vec3 albedo = wall;
  float ground = 1.0 - step(1.0, cell.y);
  float shade = 1.0;
  float plinth = 0.45;
  float rooms = 1.0;
  vec3 light = vec3(1.0, 0.8, 0.52);
  if (style < 0.5) {            // metal panels: fine ribs, joints, a strip of light, a door now and then
    float rib = abs(fract(p.x / 0.9) - 0.5) * 2.0;
    albedo *= mix(0.96 + 0.07 * smoothstep(0.2, 0.8, rib), 0.995, smoothstep(0.25, 0.8, fwidth(p.x / 0.9)));
    albedo *= 1.0 - 0.1 * bar(f.x, 0.0, 0.02, w.x);
    albedo *= 1.0 - 0.05 * bar(fract(p.y / 3.4), 0.0, 0.03, fwidth(p.y / 3.4));
    window = bar(f.y, 0.74, 0.85, w.y) * 0.85 * (1.0 - bar(f.x, 0.0, 0.03, w.x));
    float door = step(0.8, hash12(vec2(id.x, seed))) * step(p.y, 2.3) * bar(f.x, 0.42, 0.42 + 1.2 / size.x, w.x);
    albedo = mix(albedo, wall * 0.6, door);
    plinth = 1.0;
    light = vec3(0.9, 0.95, 1.0);
    rooms = 2.0;
  } else if (style < 1.5) {     // rows of windows between piers, as offices have them
    float pier = bar(f.x, 0.0, 0.05, w.x) + bar(f.x, 0.95, 1.0, w.x);
    float low = mix(0.3, 0.06, ground);
    window = bar(f.y, low, 0.8, w.y) * (1.0 - pier);
    frame = window * max(bar(f.x, 0.485, 0.515, w.x), bar(f.y, 0.62, 0.64, w.y)) * near;
    reveal = bar(f.y, 0.73, 0.8, w.y);
    albedo *= 1.0 - 0.07 * bar(f.y, 0.84, 0.88, w.y) + 0.05 * bar(f.y, 0.25, 0.3, w.y);
    rooms = 2.0;
  } else if (style < 2.5) {     // single windows with frames and sills
    float side = 0.5 - 0.29;
    window = bar(f.y, 0.28, 0.8, w.y) * bar(f.x, side, 1.0 - side, w.x);
    float door = ground * step(0.86, hash12(vec2(id.x, seed + 7.0)));
    window = max(window, door * bar(f.x, 0.14, 0.86, w.x) * bar(f.y, 0.02, 0.74, w.y));
    frame = window * max(bar(f.x, 0.49, 0.51, w.x), bar(f.y, 0.34, 0.36, w.y)) * near;
    float sill = bar(f.y, 0.235, 0.28, w.y) * bar(f.x, side - 0.04, 1.0 - side + 0.04, w.x);
    albedo = mix(albedo, wall * 1.12, sill * 0.8);
    albedo = mix(albedo, wall * 0.72, door * bar(f.x, 0.04, 0.96, w.x) * bar(f.y, 0.78, 0.84, w.y));
    reveal = bar(f.y, 0.72, 0.8, w.y);
  } else if (style < 3.5) {     // curtain wall: glass before the floors, opaque panes in front of the slabs
    float line = max(bar(f.x, 0.0, 0.035, w.x), bar(f.x, 0.965, 1.0, w.x));
    float slab = bar(f.y, 0.0, 0.2, w.y) * (1.0 - ground);
    window = 1.0 - slab * 0.72;
    albedo = mix(albedo, vec3(0.42, 0.46, 0.48), 0.55);
    frame = max(line, max(bar(f.y, 0.19, 0.215, w.y), bar(f.y, 0.985, 1.0, w.y))) * (1.0 - smoothstep(0.12, 0.5, rough)) * 0.9;
    rooms = 3.0;
    plinth = 0.2;
  } else if (style < 4.5) {     // halls: high windows between pilasters, gates
    float pilaster = bar(f.x, 0.0, 0.05, w.x) + bar(f.x, 0.95, 1.0, w.x);
    window = bar(f.y, 0.6, 0.84, w.y) * (1.0 - pilaster);
    frame = window * max(bar(fract(f.x * 4.0), 0.0, 0.06, w.x * 4.0), bar(f.y, 0.71, 0.73, w.y)) * near;
    float gate = step(0.74, hash12(vec2(id.x, seed))) * ground * bar(f.x, 0.18, 0.82, w.x) * step(p.y, min(4.4, size.y * 0.52));
    float leaf = 0.8 + 0.2 * bar(fract(p.y * 1.6), 0.1, 1.0, fwidth(p.y * 1.6));
    albedo = mix(albedo * (1.0 + 0.05 * pilaster), wall * vec3(0.6, 0.64, 0.68) * leaf, gate);
    albedo *= 1.0 - 0.05 * bar(f.y, 0.55, 0.6, w.y);
    reveal = bar(f.y, 0.79, 0.84, w.y);
    plinth = 1.1;
    light = vec3(0.93, 0.96, 1.0);
    rooms = 1.0;
  } else if (style < 5.5) {     // louvres
    float slat = mix(step(0.45, fract(p.y * 2.4)), 0.55, smoothstep(0.2, 0.7, fwidth(p.y * 2.4)));
    float field = bar(f.x, 0.1, 0.9, w.x) * bar(f.y, 0.22, 0.86, w.y);
    albedo = mix(albedo, wall * (0.66 + 0.24 * slat), field * 0.9);
    float door = ground * step(0.82, hash12(vec2(id.x, seed))) * bar(f.x, 0.5 - 0.6 / size.x, 0.5 + 0.6 / size.x, w.x) * step(p.y, 2.2);
    albedo = mix(albedo, wall * 0.52, door);
  } else if (style < 6.5) {     // open decks: dark between parapets, with lamps under the ceiling at night
    float open = bar(f.y, 0.38, 0.92, w.y);
    float post = bar(f.x, 0.0, 0.05, w.x);
    albedo = mix(albedo, vec3(0.09, 0.09, 0.1), open * (1.0 - post) * 0.85);
    frame = 0.0;
    window = open * (1.0 - post) * 0.3;
    plinth = 0.2;
  } else if (style < 7.5) {     // homes: French windows and balconies
    window = bar(f.y, 0.06, 0.76, w.y) * bar(f.x, 0.16, 0.62, w.x);
    window = max(window, bar(f.y, 0.32, 0.76, w.y) * bar(f.x, 0.74, 0.9, w.x));
    frame = window * bar(f.x, 0.38, 0.4, w.x) * near;
    float balcony = (1.0 - ground) * bar(f.x, 0.08, 0.94, w.x);
    float rail = balcony * bar(f.y, 0.0, 0.3, w.y);
    float bars = mix(0.7 + 0.3 * step(0.5, fract(p.x * 5.0)), 0.85, smoothstep(0.15, 0.5, fwidth(p.x * 5.0)));
    albedo = mix(albedo, vec3(0.78, 0.77, 0.74) * bars, rail * 0.85);
    window *= 1.0 - rail * 0.75;
    albedo = mix(albedo, vec3(0.86, 0.84, 0.8), balcony * bar(f.y, 0.0, 0.055, w.y));
    shade *= 1.0 - 0.42 * balcony * bar(f.y, 0.82, 1.0, w.y);
    reveal = bar(f.y, 0.68, 0.76, w.y);
    light = vec3(1.0, 0.72, 0.42);
  } else if (style < 8.5) {     // tall panes behind fins of stone
    float fin = bar(f.x, 0.0, 0.17, w.x) + bar(f.x, 0.83, 1.0, w.x);
    window = bar(f.y, mix(0.1, 0.02, ground), 0.88, w.y) * (1.0 - fin);
    albedo *= 1.0 - 0.1 * bar(f.y, 0.88, 1.0, w.y) * (1.0 - fin);
    // A fin throws its shadow on the pane beside it.
    reveal = max(bar(f.x, 0.17, 0.3, w.x), bar(f.y, 0.82, 0.88, w.y)) * 0.8;
    frame = window * bar(f.y, 0.3, 0.32, w.y) * near;
    rooms = 2.0;
  } else {                      // turbine halls: high slots of glass, one gate in four
    window = bar(f.y, 0.34, 0.84, w.y) * bar(f.x, 0.26, 0.74, w.x);
    frame = window * max(bar(fract(f.x * 6.0), 0.0, 0.09, w.x * 6.0), bar(fract(f.y * 14.0), 0.0, 0.1, w.y * 14.0)) * near;
    float gate = step(0.72, hash12(vec2(id.x, seed))) * bar(f.x, 0.18, 0.82, w.x) * step(p.y, min(4.6, size.y * 0.3));
    float leaf = 0.82 + 0.18 * bar(fract(p.y * 1.4), 0.1, 1.0, fwidth(p.y * 1.4));
    albedo = mix(albedo, wall * vec3(0.56, 0.6, 0.65) * leaf, gate);
    albedo *= 1.0 - 0.07 * (bar(f.x, 0.0, 0.03, w.x) + bar(f.x, 0.97, 1.0, w.x));
    reveal = bar(f.y, 0.8, 0.84, w.y);
    plinth = 1.4;
    light = vec3(0.95, 0.96, 0.95);
  }
  window = clamp(window, 0.0, 1.0);
  // A plinth, and the contact with the ground; the pale ground throws light back at the wall above it.
  albedo *= 1.0 - 0.2 * (1.0 - smoothstep(plinth - 0.05, plinth + 0.05, p.y)) * (1.0 - window);
  shade *= 0.66 + 0.34 * smoothstep(-0.8, 4.5, p.y);

  // Every room is its own: a blind half drawn, a pane that shows more of the sky, a lamp of its own warmth.
  float room = hash12(floor(vec2(id.x / rooms, id.y)) + seed * 3.7);
  float pane = hash12(id * 1.7 + seed);
  float drawn = step(style > 2.5 && style < 3.5 ? 0.86 : 0.62, pane) * bar(f.y, 0.92 - 0.75 * fract(pane * 7.3), 1.0, w.y);
  float blind = style > 0.5 && style < 8.5 ? mix(drawn, 0.1, smoothstep(0.15, 0.5, rough)) : 0.0;

  float share = litShare(style, seed);
  // Groups of rooms stay apart when single ones cannot be told: never a stripe of one brightness.
  float wing = hash12(floor(id * vec2(0.2, 0.5)) + seed * 1.9);
  float on = mix(step(room, share * (0.45 + 1.1 * wing)), share * (0.25 + 1.5 * wing) * 0.8, smoothstep(0.4, 1.0, rough));
  // Entrances and shops keep a light.
  if (style > 0.5 && style < 3.5) on = max(on, ground * 0.75 * step(0.4, wing));
  Facade r;
  r.albedo = mix(albedo, mix(wall, vec3(0.7), 0.5), clamp(frame, 0.0, 1.0) * 0.9);
  r.glass = window * (1.0 - clamp(frame, 0.0, 1.0) * 0.9);
  r.blind = blind * r.glass;
  float depth = 0.55 + 0.45 * mix(smoothstep(0.2, 0.85, f.y), 0.6, smoothstep(0.2, 0.6, rough));
  r.lit = mix(light, vec3(1.0, 0.88, 0.72), pane * 0.6) * (r.glass * on * depth * (0.5 + 0.5 * fract(pane * 13.1)) * (1.0 - 0.4 * blind));
  r.shade = shade * (1.0 - 0.5 * reveal * r.glass);
  return r;
}
`;
