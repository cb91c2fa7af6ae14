/** The icons of the interface, as strokes on a 24-unit square. Each stands beside a label or has one as an attribute. */
const paths = {
  close: 'M6 6l12 12M18 6L6 18',
  table: 'M4 6h16M4 12h16M4 18h16M9 6v12',
  plan: 'M4 6l5-2 6 2 5-2v14l-5 2-6-2-5 2zM9 4v14M15 6v14',
  scene: 'M12 3l8 4.500v9L12 21l-8-4.500v-9zM12 12l8-4.500M12 12v9M12 12L4 7.500',
  sun: 'M12 8a4 4 0 100 8 4 4 0 000-8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400',
  moon: 'M20 14.500A8.500 8.500 0 019.500 4 8.500 8.500 0 1020 14.500z',
  sunrise: 'M4 18h16M7 18a5 5 0 0110 0M12 5v4M9.500 7L12 4.500 14.500 7M4.500 12l1.500 1M19.500 12L18 13',
  device: 'M4 5h16v11H4zM9 20h6M12 16v4',
  report: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  help: 'M9.200 9.200a2.900 2.900 0 115 2c-1.400 1.200-2.200 1.600-2.200 3.100M12 17.600v.1',
  home: 'M4 11l8-7 8 7M6.500 9.500V20h11V9.500',
  fly: 'M12 21s-6.500-5.600-6.500-11a6.500 6.500 0 0113 0c0 5.400-6.500 11-6.500 11zM12 12.300a2.300 2.300 0 100-4.600 2.300 2.300 0 000 4.600z',
  top: 'M5 5h14v14H5zM12 9v6M9.500 11.500L12 9l2.500 2.500',
  walk: 'M13 3.200a1.600 1.600 0 110 3.200 1.600 1.600 0 010-3.200zM8 12l1-3.500 3-1.500 2 3 3 1.500M11.800 8l-1.300 5 3.500 3 1 5M10.400 13.500L9.500 17 7 21',
  underground: 'M3 8h18M5 8v3M19 8v3M4 14c3 0 3 4 6 4h10M4 19h3M12 8v6h8',
  isolate: 'M12 8.500a3.500 3.500 0 100 7 3.500 3.500 0 000-7zM12 3v2.500M12 18.500V21M3 12h2.500M18.500 12H21',
  bookmark: 'M7 4h10v16l-5-4-5 4z',
  rename: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4',
  bin: 'M5 7h14M9.500 7V4.500h5V7M7 7l1 13h8l1-13',
  undo: 'M8 5L4 9l4 4M4 9h10a5 5 0 010 10h-3',
  follow:
    'M5 5.500a1.700 1.700 0 103.400 0 1.700 1.700 0 10-3.400 0M5 18.500a1.700 1.700 0 103.400 0 1.700 1.700 0 10-3.400 0M15.600 12a1.700 1.700 0 103.400 0 1.700 1.700 0 10-3.400 0M8.400 5.500c4 0 3 6.500 7.200 6.500M8.400 18.500c4 0 3-6.500 7.200-6.500',
  link: 'M10 14a4 4 0 005.700 0l3-3A4 4 0 0013 5.300l-1 1M14 10a4 4 0 00-5.700 0l-3 3A4 4 0 0011 18.700l1-1',
  search: 'M10.500 4a6.500 6.500 0 100 13 6.500 6.500 0 000-13zM15.500 15.500L20 20',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  up: 'M6 15l6-6 6 6',
  down: 'M6 9l6 6 6-6',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  info: 'M12 11v6M12 7.500v.1M12 3a9 9 0 100 18 9 9 0 000-18z',
  play: 'M8 5.500v13l11-6.500z',
  pause: 'M8.500 6v12M15.500 6v12',
  stepBack: 'M18 6.500v11l-8.500-5.500zM6.500 6.500v11',
  stepOn: 'M6 6.500v11l8.500-5.500zM17.500 6.500v11',
  time: 'M12 3.500a8.500 8.500 0 100 17 8.500 8.500 0 000-17zM12 7.500V12l3 2',
  chart: 'M4 4v16h16M8 15l3.500-5 3 3L20 6',
  language: 'M4 6h9M8.500 4v2M6 6c.6 3 3 5.500 6 7M11 6c-.6 3-3 5.500-6.500 7M13 20l4-9 4 9M14.300 17h5.400',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

/** A button with only an icon: its label is read by screen readers and shown as a tooltip. */
export function IconButton({
  icon,
  label,
  onClick,
  pressed,
  className = '',
}: {
  icon: IconName;
  label: string;
  onClick: () => void;
  pressed?: boolean;
  className?: string;
}) {
  return (
    <button type="button" className={`icon-button ${className}`} aria-label={label} title={label} aria-pressed={pressed} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
