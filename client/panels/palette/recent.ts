/** The palette entries that were chosen last in a park, newest first; stored on this device. */

const most = 8;
const place = (park: string) => `ecopark.recent.${park}`;

export function recentIn(park: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place(park)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : [];
  } catch {
    return [];
  }
}

export function keepRecent(park: string, key: string): void {
  try {
    localStorage.setItem(place(park), JSON.stringify([key, ...recentIn(park).filter((one) => one !== key)].slice(0, most)));
  } catch {
    // Without storage the palette still works, only without recent entries.
  }
}
