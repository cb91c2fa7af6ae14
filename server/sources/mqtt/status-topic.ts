/** Topic where a twin publishes `online` and `offline`, retained; `offline` is also its last will. */
export function statusTopic(park: string): string {
  return `ecopark/${park}/status`;
}
