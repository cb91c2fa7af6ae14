/**
 * Who may see and do what. A request or a socket has a principal; a principal has a *view* (by its audience) and may have
 * further permissions. Operations, slots and fields of documents each name the permission that they need. Only this file
 * says which view has which permissions.
 */

export const permissions = {
  'park:read': 'Read the park: its intensities, shares and totals',
  'figures:read': 'Read power, emissions and levels of single assets and lines, now and accounted',
  'setup:read': 'Read how the park is set up: topics, and what check found in its files',
  'reports:read': 'Read reports, made now or published',
  'quarantine:read': 'Read readings that were set aside',
  'readings:write': 'Hand in readings',
  'quarantine:decide': 'Release or discard readings that were set aside',
  'ledger:restate': 'Account a range again as a new edition',
  'ledger:lock': 'Close periods and open them again',
  'reports:publish': 'Publish reports',
  'park:reload': 'Take the park’s changed folder without a restart',
} as const;
export type Permission = keyof typeof permissions;

/** Names of the views. `public` has intensities, shares and totals; no power, emissions or levels of an asset. */
export const audiences = ['public', 'full'] as const;
export type Audience = (typeof audiences)[number];

/** A view has only the permissions that are listed here. */
const views: Record<Audience, ReadonlySet<Permission>> = {
  public: new Set(['park:read']),
  full: new Set(['park:read', 'figures:read', 'setup:read', 'reports:read', 'quarantine:read']),
};

/** Whether a view includes what needs the permission: a slot, a field of a document, the answer of an operation. */
export function sees(audience: Audience, permission: Permission): boolean {
  return views[audience].has(permission);
}

/** Whether the permission allows a change; no view includes such a permission. */
export function isWrite(permission: Permission): boolean {
  return !permission.endsWith(':read');
}
