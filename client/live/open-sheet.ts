/** Opens and closes the panel at the right edge: the selected asset, or one of the park's sheets. */
import { type SheetName, useChoices } from './choices.ts';

export function openSheet(sheet: SheetName): void {
  useChoices.setState(({ sheet: open }) => ({ sheet: open === sheet ? null : sheet }));
}

export function closeSheet(): void {
  useChoices.setState({ sheet: null });
}

/** Selects an asset or line and shows it in the inspector; closes any other sheet. */
export function choose(id: string, fly = false): void {
  useChoices.setState({ selected: id, sheet: null, ...(fly ? { flight: { to: id, at: performance.now() } } : {}) });
}

/** Closes the small sheet of a view tool. */
export function closeTool(): void {
  useChoices.setState({ tool: null });
}
