/** Colours of carriers, as their rows say, for style sheets, charts and scene: `--carrier-heat` and so on, by the page's theme. */
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
