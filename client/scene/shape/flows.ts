/** Lines as segments for one instanced draw: where each is, which line it belongs to, how far along it starts. */
import type { ParkView } from '../../../models/api/park-view.ts';
import { drapeLine, heightAt, type Relief } from '../../../models/park/relief.ts';
import { aloft, carriageOf } from './overhead.ts';
import { polylines } from './projected.ts';
import type { Vec } from './ring.ts';

export interface FlowSegments {
  /** x0, z0, x1, z1 of each segment. */
  ends: Float32Array;
  /** Index of the line, and metres from its start. */
  place: Float32Array;
  /** Height of the ground at both ends of each segment. */
  levels: Float32Array;
  count: number;
}

export function flowSegments(
  lines: ParkView['lines'],
  project: (lon: number, lat: number) => Vec,
  land: Relief | null = null,
): FlowSegments {
  const ends: number[] = [];
  const place: number[] = [];
  const levels: number[] = [];
  for (const [index, line] of lines.entries()) {
    // A line whose course is unknown is not drawn: a straight connection would be an invented course.
    if (!line.geometry) continue;
    for (const drawn of polylines(line.geometry, project)) {
      if (line.overhead) {
        let s = 0;
        const points = aloft(drawn, carriageOf(line));
        for (let i = 1; i < points.length; i++) {
          const [a, b] = [points[i - 1], points[i]] as [(typeof points)[number], (typeof points)[number]];
          const l = Math.hypot(b.at[0] - a.at[0], b.at[1] - a.at[1]);
          if (l < 1e-3) continue;
          ends.push(a.at[0], -a.at[1], b.at[0], -b.at[1]);
          place.push(index, s);
          levels.push(heightAt(land, ...a.at) + a.above, heightAt(land, ...b.at) + b.above);
          s += l;
        }
        continue;
      }
      const course = land === null ? drawn : drapeLine(land, drawn);
      let s = 0;
      for (let i = 1; i < course.length; i++) {
        const a = course[i - 1] as Vec;
        const b = course[i] as Vec;
        const l = Math.hypot(b[0] - a[0], b[1] - a[1]);
        if (l < 1e-3) continue;
        ends.push(a[0], -a[1], b[0], -b[1]);
        place.push(index, s);
        levels.push(heightAt(land, a[0], a[1]), heightAt(land, b[0], b[1]));
        s += l;
      }
    }
  }
  return { ends: Float32Array.from(ends), place: Float32Array.from(place), levels: Float32Array.from(levels), count: ends.length / 4 };
}
