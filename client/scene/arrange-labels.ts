/** Which labels fit without touching: the first come first, so give the important ones first. */

export interface Label {
  id: string;
  /** Pixels: the middle of the lower edge. */
  x: number;
  y: number;
  name: string;
  value: string;
  /** Chosen or hovered: always shown. */
  called: boolean;
}

const lineHeight = 24;

/** About how wide a text is: Chinese characters are square, others half of that. */
export function widthOf(text: string): number {
  let w = 18;
  for (const c of text) w += (c.codePointAt(0) ?? 0) > 0x2e7f ? 13 : 7;
  return w;
}

export function arrange(labels: readonly Label[], width: number, height: number): Label[] {
  const kept: { label: Label; box: [number, number, number, number] }[] = [];
  for (const label of labels) {
    const w = Math.max(widthOf(label.name), label.value ? widthOf(label.value) : 0);
    const h = label.value ? lineHeight * 1.7 : lineHeight;
    const x = Math.min(width - w / 2 - 4, Math.max(w / 2 + 4, label.x));
    const y = Math.min(height - 4, Math.max(h + 4, label.y));
    const box: [number, number, number, number] = [x - w / 2, y - h, x + w / 2, y];
    const touches = kept.some((k) => k.box[0] < box[2] + 6 && box[0] < k.box[2] + 6 && k.box[1] < box[3] + 4 && box[1] < k.box[3] + 4);
    if (touches && !label.called) continue;
    kept.push({ label: { ...label, x, y }, box });
  }
  return kept.map((k) => k.label);
}
