/** What a person can do, in English: as read in the help sheet and found in the command palette. */
export const actions = {
  group: {
    find: 'Find and choose',
    look: 'Look',
    time: 'Time',
    pages: 'Pages and sheets',
    device: 'This device',
  },
  name: {
    palette: 'Find anything',
    search: 'Search the table of assets',
    table: 'Open or close the table',
    next: 'Next asset',
    previous: 'Previous asset',
    back: 'One step back: close, deselect, live',
    home: 'Show the whole park',
    top: 'From above, north up',
    north: 'Turn north up',
    walk: 'Walk through the park, or rise again',
    underground: 'Show or hide what lies in the ground',
    everything: 'Show everything again',
    plan: 'Plan or 3D',
    metric: 'Next metric',
    metricIntensity: 'Colour by carbon intensity',
    metricEmissionRate: 'Colour by emissions',
    metricPower: 'Colour by power',
    play: 'Play or pause the past',
    intervalBack: 'One interval back',
    intervalOn: 'One interval on',
    dayBack: 'One day back',
    dayOn: 'One day on',
    live: 'Back to live',
    analyse: 'Analyse: charts of a period',
    report: 'Report of a period',
    tour: 'Tour',
    kiosk: 'Kiosk',
    parks: 'All parks',
    about: 'About this park',
    balance: 'Carbon balance',
    help: 'Help and short cuts',
    themeSun: 'Light and dark by the park’s sun',
    themeSystem: 'Light and dark as this device',
    themeLight: 'Light',
    themeDark: 'Dark',
    language: '切换到中文',
  },
};

/** The command palette. */
export const palette = {
  label: 'Search the park, its pages and what can be done',
  placeholder: 'An asset, a tenant, a page, “yesterday 14:00” …',
  found: 'Found',
  count_one: '{{count}} found',
  count_other: '{{count}} found',
  none: 'Nothing fits “{{query}}”.',
  moment: 'Go to this moment',
  close: 'Close the search',
  hint: '↑ ↓ choose · Enter goes there · Esc closes',
};

/** What all panels have. */
export const panel = {
  resize: 'Size of: {{panel}}',
  pixels_one: '{{count}} pixel',
  pixels_other: '{{count}} pixels',
  hint: 'Drag to resize; double click for the usual size',
};
