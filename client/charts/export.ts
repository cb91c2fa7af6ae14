/** Files for the person at the screen: the picture of a chart with its title and period, and its numbers. */
import type { Look } from './chart-theme.ts';
import { type TableData, toCsv } from './table-data.ts';

export function save(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // By then the browser has begun to read the file.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A name that every file system takes. */
export function fileName(parts: readonly string[], ending: string): string {
  const name = parts.map((part) => part.normalize('NFKC').replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')).join('_');
  return `${name.replaceAll(/-+/g, '-').slice(0, 120)}.${ending}`;
}

export function saveCsv(name: string, table: TableData, notes: readonly string[]): void {
  save(name, new Blob([toCsv(table, notes)], { type: 'text/csv;charset=utf-8' }));
}

/** Saves the drawn chart below its title and notes, which stand around it on the page and belong to the picture as well. */
export function savePicture(name: string, drawn: HTMLCanvasElement, look: Look, title: string, notes: readonly string[]): void {
  const ratio = devicePixelRatio;
  const head = (48 + 18 * notes.length) * ratio;
  const edge = 16 * ratio;
  const sheet = document.createElement('canvas');
  sheet.width = drawn.width + 2 * edge;
  sheet.height = drawn.height + head + edge;
  const pen = sheet.getContext('2d');
  if (!pen) return;
  pen.fillStyle = look.sheet;
  pen.fillRect(0, 0, sheet.width, sheet.height);
  const write = (text: string, size: number, weight: number, colour: string, y: number) => {
    pen.font = `${weight} ${size * ratio}px ${look.font}`;
    pen.fillStyle = colour;
    pen.fillText(text, edge, y * ratio, drawn.width);
  };
  write(title, 16, 600, look.text, 30);
  notes.forEach((note, i) => {
    write(note, 12, 400, look.muted, 50 + 18 * i);
  });
  pen.drawImage(drawn, edge, head);
  sheet.toBlob((blob) => {
    if (blob) save(name, blob);
  }, 'image/png');
}
