/**
 * Figures of stories: a story names what to look up and never contains the number. `{name}` in its title or body is the
 * figure of that name at the moment on the screen.
 */

import type { AssetKind } from '../kinds/kinds.ts';
import { roleOf } from '../kinds/roles.ts';
import type { PortId } from '../units.ts';
import type { Park, StoryFigure } from './park.ts';
import type { Place, ProblemList } from './problems.ts';

const placeholder = /\{([A-Za-z0-9][\w.-]*)\}/g;

/** Text and names of figures in turn: text first, then a name, text, a name … and text last. */
export function piecesOf(text: string): string[] {
  return text.split(placeholder);
}

/** Names of the figures that a text contains. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, name]) => name as string);
}

/** Assets and ports that a figure is read from; null where it is read from no port. */
export function lookedAt(figure: StoryFigure): { asset: string; port: PortId | null }[] {
  if ('power' in figure) return [{ asset: figure.asset, port: figure.power }];
  if ('share' in figure) return [{ asset: figure.share, port: `${figure.of}.in` }];
  if ('ratio' in figure) {
    const [first, second] = figure.ratio;
    return [
      { asset: figure.asset, port: first },
      { asset: figure.to ?? figure.asset, port: second },
    ];
  }
  if ('source' in figure) return [{ asset: figure.asset, port: null }];
  return 'intensity' in figure ? [{ asset: figure.intensity, port: null }] : [];
}

/** Assets whose nameplate capacities a capacity figure sums. */
export function rated<A extends { kind: AssetKind; use?: string | undefined; capacity_kW?: number | undefined }>(
  assets: readonly A[],
  { capacity, use }: { capacity: AssetKind; use?: string | undefined },
): A[] {
  return assets.filter((one) => one.kind === capacity && (use === undefined || one.use === use) && one.capacity_kW !== undefined);
}

export function checkStories(park: Pick<Park, 'assets' | 'stories'>, file: string, problems: ProblemList): void {
  const assets = new Map(park.assets.map((asset) => [asset.id, asset]));
  const seen = new Set<string>();
  for (const { id, title, body, asset, figures = {} } of park.stories) {
    const at = (field: string): Place => ({ file, feature: id, field });
    if (seen.has(id)) problems.error(at('id'), `two stories have the id "${id}"`, 'Rename one of them.');
    seen.add(id);
    if (asset !== undefined && !assets.has(asset))
      problems.error(at('asset'), `there is no asset "${asset}"`, 'Give the id of the asset the story is about.');
    for (const [field, text] of [
      ['title', title],
      ['body', body],
    ] as const) {
      for (const [language, words] of Object.entries(text)) {
        for (const name of placeholdersIn(words)) {
          if (Object.hasOwn(figures, name)) continue;
          problems.error(
            at(`${field}.${language}`),
            `there is no figure "${name}"`,
            `Add ${name}: to figures: of the story, or take {${name}} out.`,
          );
        }
      }
    }
    for (const [name, figure] of Object.entries(figures)) {
      const field = `figures.${name}`;
      for (const { asset: of, port } of lookedAt(figure)) {
        const found = assets.get(of);
        if (!found) problems.error(at(field), `there is no asset "${of}"`, 'Give the id of an asset of the park.');
        else if (port !== null && !found.ports.includes(port))
          problems.error(at(field), `"${of}" has no port ${port}`, `Give one of its ports: ${found.ports.join(', ') || 'it has none'}.`);
      }
      const user = 'share' in figure ? assets.get(figure.share) : undefined;
      if (user?.ports.includes('electricity.in') && roleOf(user, 'electricity.in') !== 'load')
        problems.error(
          at(field),
          `"${user.id}" is no end use: what it takes goes on to others`,
          'Name an asset that uses electricity up, or tell its power.',
        );
      if ('capacity' in figure && rated(park.assets, figure).length === 0)
        problems.error(at(field), `no ${figure.capacity} with a capacity_kW is in the park`, 'Give a kind (and use) that the park has.');
      const asked = [title, body].flatMap((text) => Object.values(text)).some((words) => placeholdersIn(words).includes(name));
      if (!asked)
        problems.warning(at(field), 'no text of the story asks for this figure', `Write {${name}} where it belongs, or take it out.`);
    }
  }
}
