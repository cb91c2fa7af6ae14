/** A number of the mirror as text; it renders again only when its text has changed. */
import type { Amount } from '../../locales/formats.ts';
import { useMirror } from './use-mirror.ts';

const between = '\u0000';

export function LiveAmount({ read }: { read: () => Amount }) {
  const shown = useMirror(() => {
    const { value, unit } = read();
    return value + between + unit;
  });
  const [value = '', unit = ''] = shown.split(between);
  return <AmountText value={value} unit={unit} />;
}

export function AmountText({ value, unit }: Amount) {
  return (
    <span className="amount">
      <span className="num">{value}</span>
      {unit ? <span className="unit"> {unit}</span> : null}
    </span>
  );
}

/** Text without a unit. */
export function LiveText({ read }: { read: () => string }) {
  return <span className="num">{useMirror(read)}</span>;
}
