/** How much the machine can draw: full (soft shadows, motion), middle (smaller shadow map, motion), light (no motion). */

export const tiers = ['light', 'middle', 'full'] as const;
export type Tier = (typeof tiers)[number];

const key = 'ecopark.tier';

/** Renderer names by which browsers report software rendering (no graphics card). */
export function isSoftware(renderer: string): boolean {
  return /swiftshader|llvmpipe|software|softpipe|basic render/i.test(renderer);
}

export function rendererName(gl: WebGLRenderingContext | WebGL2RenderingContext): string {
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}

/** The tier kept for this device; without one, light for software rendering and full for all others until measured. */
export function firstTier(renderer: string): Tier {
  const kept = read();
  if (kept) return kept;
  return isSoftware(renderer) ? 'light' : 'full';
}

/** A measured tier is kept for three days, so that one slow hour does not limit a good machine for ever. */
const verdict_ms = 3 * 24 * 3_600_000;

function read(): Tier | null {
  try {
    const [name, since] = (localStorage.getItem(key) ?? '').split(' ');
    // A name without a time was set by a person and does not expire.
    if (since !== undefined && !(Math.abs(Date.now() - Number(since)) < verdict_ms)) return null;
    return tiers.find((t) => t === name) ?? null;
  } catch {
    return null;
  }
}

/** A person has set the tier of this device: no measurement changes it. */
export function isChosen(): boolean {
  try {
    return tiers.some((t) => t === localStorage.getItem(key));
  } catch {
    return false;
  }
}

export function keepTier(tier: Tier): void {
  try {
    localStorage.setItem(key, `${tier} ${Date.now()}`);
  } catch {
    // Private windows may have no storage: measured again next time.
  }
}

/** Measures the times between frames of one motion, and returns another tier when that fits better. */
export function createGauge(now: Tier): (frame_s: number) => Tier | null {
  let tier = now;
  const window: number[] = [];
  return (frame_s) => {
    // No frame takes this long: the tab was hidden or the machine slept.
    if (frame_s > 5) {
      window.length = 0;
      return null;
    }
    window.push(frame_s);
    // Decides after 30 frames, or from 4 frames on when they took 4 s, so that a slow machine does not wait a minute.
    const spent = window.reduce((sum, s) => sum + s, 0);
    if (window.length < 30 && (window.length < 4 || spent < 4)) return null;
    const typical = [...window].sort((a, b) => a - b)[Math.floor(window.length * 0.5)] as number;
    window.length = 0;
    const at = tiers.indexOf(tier);
    // Below 24 frames a second the tier goes down; above 110 it goes up (a 60 Hz screen never goes up again, and need not).
    const next = typical > 1 / 24 ? tiers[at - 1] : typical < 1 / 110 ? tiers[at + 1] : undefined;
    if (!next) return null;
    tier = next;
    return next;
  };
}
