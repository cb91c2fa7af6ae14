/** Declares the colours of carriers from their rows as `--carrier-heat` and so on, by theme, for style sheets, charts, scene. */
import { carrierRow, carriers } from '../models/carriers.ts';

export function declareCarrierColours(): void {
  const declared = (theme: 'day' | 'night') =>
    carriers.flatMap((carrier) => {
      const colour = carrierRow(carrier).colour[theme];
      return colour === undefined ? [] : [`--carrier-${carrier}:${colour}`];
    });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:root{${declared('day').join(';')}}:root[data-theme="dark"]{${declared('night').join(';')}}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
