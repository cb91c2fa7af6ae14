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
  /** sRGB 0…1 as they are seen. */
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
    zenith: '#0a1024',
    horizon: '#1f2b49',
    glow: '#000000',
    sun: '#9db4e6',
    sunStrength: 0.62,
    above: '#3c4f84',
    below: '#232c47',
    around: 1.05,
  },
  {
    at: -9,
    zenith: '#101a38',
    horizon: '#35426c',
    glow: '#241a2a',
    sun: '#9db4e6',
    sunStrength: 0.5,
    above: '#45598f',
    below: '#2b3450',
    around: 1.15,
  },
  {
    at: -4,
    zenith: '#2b4073',
    horizon: '#8d85a6',
    glow: '#7a4434',
    sun: '#c6b2c8',
    sunStrength: 0.2,
    above: '#6f7fae',
    below: '#564f60',
    around: 1.5,
  },
  {
    at: -0.8,
    zenith: '#4f6fa6',
    horizon: '#d9b7ab',
    glow: '#9a5a32',
    sun: '#ff9d62',
    sunStrength: 0.5,
    above: '#94a3c8',
    below: '#86726c',
    around: 1.7,
  },
  {
    at: 5,
    zenith: '#6f97c6',
    horizon: '#eddac6',
    glow: '#6b4a28',
    sun: '#ffbd7d',
    sunStrength: 2.3,
    above: '#b3c4de',
    below: '#a8998a',
    around: 1.55,
  },
  {
    at: 16,
    zenith: '#86aed6',
    horizon: '#e9e9e4',
    glow: '#35301f',
    sun: '#ffe2ba',
    sunStrength: 3.1,
    above: '#cbd8e8',
    below: '#b9ae9f',
    around: 1.45,
  },
  {
    at: 45,
    zenith: '#7fabd8',
    horizon: '#e8eef0',
    glow: '#1c1a14',
    sun: '#fff3de',
    sunStrength: 3.4,
    above: '#d4e0ec',
    below: '#c4baab',
    around: 1.45,
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

/** Where light comes from is the sun while it is up, else a moon that always stands in the south-east, half high. */
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
  // A sun at the horizon casts shadows without end: the model's light stays four degrees up.
  const direction = altitude > -3 ? towards(azimuth, Math.max(4, altitude)) : towards(moonAzimuth, 48);
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
