/** What moves in the picture and by how much; the figures come from the same functions as the picture (live/motion.ts). */
import { carPower_kW, flueHeight, pulseSpeed, rotorSpeed, steamHeight } from '../../live/motion.ts';
import type { Amount } from '../../locales/formats.ts';
import { useWords } from '../../locales/use-words.ts';

const said = (amount: Amount) => `${amount.value} ${amount.unit}`;

export function MotionMeaning() {
  const { t, power, emissionRate, number } = useWords();
  const scale = (at: readonly number[], amount: (value: number) => Amount, law: (value: number) => number, unit: string) =>
    at.map((value) => `${said(amount(value))} → ${number(law(value), unit, 0)}`).join(' · ');
  const rows = [
    ['pulses', t('motion.pulsesSay', { scale: scale([100, 1000, 10_000], power, pulseSpeed, 'm/s') })],
    ['width', t('motion.widthSay')],
    ['rotors', t('motion.rotorsSay', { low: number(rotorSpeed(2, 1e6), '', 0), high: number(rotorSpeed(2, 2), '', 0) })],
    ['flue', t('motion.flueSay', { scale: scale([250, 1000, 4000], emissionRate, flueHeight, 'm') })],
    ['steam', t('motion.steamSay', { scale: scale([250, 1000, 4000], power, steamHeight, 'm') })],
    ['gauges', t('motion.gaugesSay')],
    ['cars', t('motion.carsSay', { power: said(power(carPower_kW)) })],
  ] as const;
  return (
    <>
      <p className="note">{t('motion.intro')}</p>
      <dl className="help-motion">
        {rows.map(([name, says]) => (
          <div key={name}>
            <dt>{t(`motion.${name}`)}</dt>
            <dd className="note num">{says}</dd>
          </div>
        ))}
      </dl>
      <p className="note">{t('motion.wind')}</p>
      <p className="note">{t('motion.still')}</p>
    </>
  );
}
