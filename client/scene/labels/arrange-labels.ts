/**
 * Places labels so that none touch: over their place if there is room, else beside or above it with a leader line down to
 * it, else not at all. Earlier labels have priority, so give the important ones first.
 */

export interface Label {
  id: string;
  /** The place it names, pixels. */
  x: number;
  y: number;
  name: string;
  value: string;
  /** Selected or hovered: shown even where its place is at the edge of the picture. */
  called: boolean;
}

export interface Placed extends Label {
  /** Middle of the lower edge of the label, pixels. */
  left: number;
  bottom: number;
  /** Index of the spot it took; when it is passed in again it is tried first, so that labels do not jump. */
  spot: number;
}

export interface Room {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Pixels of one line and its padding, at the type size of the page. */
const lineHeight = 24;
const gap = 6;
/** Tried in this order: over the place, then higher, then to the sides. In widths and heights of the label. */
const spots: readonly (readonly [number, number])[] = [
  [0, 0],
  [0, 1],
  [-0.6, 1],
  [0.6, 1],
  [0, 2.2],
  [-0.6, 2.2],
  [0.6, 2.2],
  [-1.15, 0.4],
  [1.15, 0.4],
  [0, 3.6],
  [-0.9, 3.6],
  [0.9, 3.6],
];

/** About how wide a text is: Chinese characters are square, others half of that. `type` 1 is 12 px. */
export function widthOf(text: string, type = 1): number {
  let w = 0;
  for (const c of text) w += (c.codePointAt(0) ?? 0) > 0x2e7f ? 13 : 7;
  return 18 + w * type;
}

/** Longest distance of a label from its place, pixels: farther away it is unclear what an uncalled label belongs to. */
const longest = 84;

type Area = [x0: number, y0: number, x1: number, y1: number];

const meet = (a: Area, b: Area) => a[0] < b[2] + gap && b[0] < a[2] + gap && a[1] < b[3] + gap && b[1] < a[3] + gap;

function boxAt(label: Label, spot: number, w: number, h: number, room: Room): Area | null {
  const [dx, dy] = spots[spot] as readonly [number, number];
  let x = label.x + dx * w;
  let y = label.y - dy * h - (dy > 0 ? gap : 0);
  if (label.called) {
    x = Math.min(room.right - w / 2, Math.max(room.left + w / 2, x));
    y = Math.min(room.bottom, Math.max(room.top + h, y));
  }
  if (!label.called && Math.hypot(x - label.x, y - label.y) > Math.max(longest, 0.7 * w)) return null;
  const box: Area = [x - w / 2, y - h, x + w / 2, y];
  return box[0] >= room.left && box[2] <= room.right && box[1] >= room.top && box[3] <= room.bottom ? box : null;
}

export interface Page {
  /** The part that panels at the edges leave free. */
  room: Room;
  /** Panels inside that part. */
  covered?: readonly Room[];
  /** Which spots were taken last time. */
  before?: ReadonlyMap<string, number>;
  /** Size of the text, 1 for 12 px. */
  type?: number;
}

export function arrange(labels: readonly Label[], { room, covered = [], before, type = 1 }: Page): Placed[] {
  const panels = covered.map((c): Area => [c.left, c.top, c.right, c.bottom]);
  const kept: { label: Placed; box: Area }[] = [];
  for (const label of labels) {
    const w = Math.max(widthOf(label.name, type), label.value ? widthOf(label.value, type) : 0);
    const h = lineHeight * type * (label.value ? 1.7 : 1);
    const first = before?.get(label.id);
    const order = first === undefined ? spots.keys() : [first, ...spots.keys()];
    for (const spot of order) {
      const box = boxAt(label, spot, w, h, room);
      if (!box || panels.some((p) => meet(p, box)) || kept.some((k) => meet(k.box, box))) continue;
      kept.push({ label: { ...label, left: (box[0] + box[2]) / 2, bottom: box[3], spot }, box });
      break;
    }
  }
  return kept.map((k) => k.label);
}

/** How long and in which direction (radians, 0 down) the leader line runs from the label to its place; 0 where none is needed. */
export function leaderOf(placed: Placed): { length: number; angle: number } {
  const [dx, dy] = [placed.x - placed.left, placed.y - placed.bottom];
  const length = Math.hypot(dx, dy);
  return length < 10 ? { length: 0, angle: 0 } : { length, angle: Math.atan2(-dx, dy) };
}
