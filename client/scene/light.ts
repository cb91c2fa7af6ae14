/** The light of a place at a time: where the sun is, what colour it and the sky have, and the moonlit night. */
import { getPosition } from 'suncalc';

export type Rgb3 = readonly [number, number, number];

export interface Light {
  /** Unit vector to the sun (or, at night, to the moon of the model), x east, y up, z south. */
  direction: Rgb3;
  /** Degrees above the horizon, of the true sun. */
  altitude: number;
  /** 0 by day, 1 by night; between them dusk. */
  night: number;
  /** Colours in sRGB 0…1, as displayed. */
  zenith: Rgb3;
  horizon: Rgb3;
  /** Added around the sun. */
  glow: Rgb3;
  /** Colour and strength of the direct light, and of light from above and from the ground. */
  sun: Rgb3;
  sunStrength: number;
  above: Rgb3;
  below: Rgb3;
  aroundStrength: number;
}

const hex = (h: string): Rgb3 => {
  const n = Number.parseInt(h.slice(1), 16);
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255];
};

/** Key moments by the sun's altitude; between them everything is interpolated. Chosen by eye. */
const keys = [
  {
    at: -18,
    zenith: '#0a1124',
    horizon: '#2a3550',
    glow: '#000000',
    sun: '#b4c4e8',
    sunStrength: 1.05,
    above: '#5f6f9c',
    below: '#4a5574',
    around: 1.5,
  },
  {
    at: -9,
    zenith: '#141e3f',
    horizon: '#465073',
    glow: '#3a2530',
    sun: '#b4c2e4',
    sunStrength: 0.85,
    above: '#6675a2',
    below: '#525a78',
    around: 1.55,
  },
  {
    at: -4,
    zenith: '#33497c',
    horizon: '#b3959b',
    glow: '#a3583a',
    sun: '#ecbfa8',
    sunStrength: 1.15,
    above: '#96a1c2',
    below: '#8f8688',
    around: 1.95,
  },
  {
    at: -0.8,
    zenith: '#55739f',
    horizon: '#eac3a4',
    glow: '#96501f',
    sun: '#ff9a5e',
    sunStrength: 2.6,
    above: '#abb2cc',
    below: '#bb9f8e',
    around: 2.35,
  },
  {
    at: 5,
    zenith: '#7299c4',
    horizon: '#f1dcc2',
    glow: '#6b4a28',
    sun: '#ffb673',
    sunStrength: 4.3,
    above: '#bcc6dc',
    below: '#c9b39c',
    around: 2.4,
  },
  {
    at: 16,
    zenith: '#86add3',
    horizon: '#ebe8df',
    glow: '#35301f',
    sun: '#ffdfb4',
    sunStrength: 4.1,
    above: '#c6d1e2',
    below: '#d1c5b5',
    around: 2.05,
  },
  {
    at: 45,
    zenith: '#82abd3',
    horizon: '#e6ebec',
    glow: '#1c1a14',
    sun: '#fff3e2',
    sunStrength: 2.9,
    above: '#ccd7e8',
    below: '#d7cdc0',
    around: 1.6,
  },
].map((k) => ({
  ...k,
  zenith: hex(k.zenith),
  horizon: hex(k.horizon),
  glow: hex(k.glow),
  sun: hex(k.sun),
  above: hex(k.above),
  below: hex(k.below),
}));

const mix = (a: number, b: number, t: number) => a + (b - a) * t;
const mix3 = (a: Rgb3, b: Rgb3, t: number): Rgb3 => [mix(a[0], b[0], t), mix(a[1], b[1], t), mix(a[2], b[2], t)];

export function towards(azimuth_deg: number, altitude_deg: number): Rgb3 {
  const az = (azimuth_deg * Math.PI) / 180;
  const al = (altitude_deg * Math.PI) / 180;
  return [Math.sin(az) * Math.cos(al), Math.sin(al), -Math.cos(az) * Math.cos(al)];
}

/** The sun has set: apparent altitude below the horizon. */
export function isNight(altitude_deg: number): boolean {
  return altitude_deg < -0.8;
}

/** Light comes from the sun while it is up, else from a fixed moon: 48° high, azimuth 155° (25° south of the equator). */
export function lightAt(time: number, place: { lon: number; lat: number }): Light {
  const { azimuth, altitude } = getPosition(new Date(time), place.lat, place.lon);
  return lightOf(azimuth, altitude, place.lat >= 0 ? 155 : 25);
}

export function lightOf(azimuth: number, altitude: number, moonAzimuth: number): Light {
  let i = 0;
  while (i < keys.length - 2 && altitude > (keys[i + 1]?.at ?? 0)) i++;
  const a = keys[i] as (typeof keys)[number];
  const b = keys[i + 1] as (typeof keys)[number];
  const t = Math.min(1, Math.max(0, (altitude - a.at) / (b.at - a.at)));
  // A sun at the horizon would cast endless shadows, so the light stays at least 7° above the horizon.
  const direction = altitude > -3 ? towards(azimuth, Math.max(7, altitude)) : towards(moonAzimuth, 48);
  return {
    direction,
    altitude,
    night: Math.min(1, Math.max(0, (1.5 - altitude) / 8)),
    zenith: mix3(a.zenith, b.zenith, t),
    horizon: mix3(a.horizon, b.horizon, t),
    glow: mix3(a.glow, b.glow, t),
    sun: mix3(a.sun, b.sun, t),
    sunStrength: mix(a.sunStrength, b.sunStrength, t),
    above: mix3(a.above, b.above, t),
    below: mix3(a.below, b.below, t),
    aroundStrength: mix(a.around, b.around, t),
  };
}

/** Angle between two unit vectors, degrees. */
export function angleBetween(a: Rgb3, b: Rgb3): number {
  const dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  return (Math.acos(Math.min(1, Math.max(-1, dot))) * 180) / Math.PI;
}
