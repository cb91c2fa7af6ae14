/** Where a twin says `online` and `offline`: retained, and its last will. */
export function statusTopic(park: string): string {
  return `ecopark/${park}/status`;
}
