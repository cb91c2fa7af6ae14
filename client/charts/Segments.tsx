/** A row of buttons, of which one is selected. */
export function Segments<T extends string>({
  label,
  options,
  value,
  onChoose,
}: {
  label: string;
  options: readonly { value: T; name: string }[];
  value: T;
  onChoose: (value: T) => void;
}) {
  return (
    <fieldset className="chart-segments" aria-label={label}>
      {options.map((option) => (
        <button key={option.value} type="button" aria-pressed={option.value === value} onClick={() => onChoose(option.value)}>
          {option.name}
        </button>
      ))}
    </fieldset>
  );
}
