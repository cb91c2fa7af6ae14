/** The gallery as one page: every view with its name, park by park. */
import type { View } from './view.ts';

const titles: Record<View['park'], string> = { demo: 'The demo park', ucsd: 'A real campus', generated: 'Ten thousand assets' };

const style = `
  :root { color-scheme: light dark; font: 15px/1.5 "Inter Variable", Inter, "Noto Sans CJK SC", system-ui, sans-serif; }
  body { margin: 0 auto; max-width: 1760px; padding: 40px 32px 80px; background: light-dark(#f4f2ec, #14171b); color: light-dark(#22262b, #e8e6e0); }
  h1 { font-weight: 600; font-size: 28px; margin: 0; }
  h2 { font-weight: 600; font-size: 19px; margin: 48px 0 16px; }
  p { margin: 4px 0; color: light-dark(#666a6e, #9aa0a6); }
  section { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 520px), 1fr)); gap: 28px 24px; align-items: start; }
  figure { margin: 0; }
  figure.tall { max-width: 300px; }
  img { display: block; width: 100%; height: auto; border-radius: 6px; box-shadow: 0 1px 3px #0003; }
  figcaption { margin-top: 8px; display: flex; gap: 12px; justify-content: space-between; font-variant-numeric: tabular-nums; }
  figcaption span { color: light-dark(#666a6e, #9aa0a6); }
`;

/** `taken`: the views there are pictures of; `left`: what was left out, and why. */
export function galleryPage(taken: readonly View[], left: readonly string[]): string {
  const parks = [...new Set(taken.map((v) => v.park))];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ecopark Twin: gallery</title>
<style>${style}</style>
<h1>Ecopark Twin: gallery</h1>
<p>Taken from the running twin by npm run gallery, each at a fixed time of the park, with motion stilled.</p>
${left.map((why) => `<p>${escaped(why)}</p>`).join('\n')}
${parks
  .map(
    (park) =>
      `<h2>${titles[park]}</h2>\n<section>\n${taken
        .filter((v) => v.park === park)
        .map(figure)
        .join('\n')}\n</section>`,
  )
  .join('\n')}
</html>
`;
}

function figure({ name, park, at, width, height, tier }: View): string {
  const title = name.slice(park.length + 1).replaceAll('-', ' ');
  return `<figure${height > width ? ' class="tall"' : ''}>
<a href="${name}.jpg"><img src="${name}.jpg" width="${width}" height="${height}" loading="lazy" alt="${escaped(title)}"></a>
<figcaption>${escaped(title)}<span>${at.slice(0, 16).replace('T', ' ')} · ${width} × ${height} · ${tier}</span></figcaption>
</figure>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
