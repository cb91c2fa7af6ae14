import { describe, expect, test } from 'vitest';
import { dash, formatsIn } from '../../../client/locales/formats.ts';

const en = formatsIn('en');
const zh = formatsIn('zh');
const flat = ({ value, unit }: { value: string; unit: string }) => `${value} ${unit}`.trim();

describe('numbers with their units', () => {
  test.each([
    [0, '0 kW'],
    [0.02, '0 kW'],
    [-0, '0 kW'],
    [0.4, '0.4 kW'],
    [12.34, '12.3 kW'],
    [835.4, '835 kW'],
    [999.96, '1,000 kW'],
    [1000, '1 MW'],
    [20_490, '20.5 MW'],
    [-1234, '-1.23 MW'],
    [2_500_000, '2.5 GW'],
    [Number.NaN, dash],
  ])('%d kW is %s', (kW, shown) => {
    // Trailing zeros after the point are kept out of round numbers here only to keep the table short.
    expect(flat(en.power(kW)).replace(/\.0+(?= )|(\.\d)0(?= )/, '$1')).toBe(shown);
  });

  test('zero intensity is zero and unknown intensity is a dash, never the other way round', () => {
    expect(flat(en.intensity(0))).toBe('0 gCO₂e/kWh');
    expect(flat(en.intensity(Number.NaN))).toBe(dash);
  });

  test('emission rates change to tonnes', () => {
    expect(flat(en.emissionRate(62.44))).toBe('62.4 kgCO₂e/h');
    expect(flat(en.emissionRate(16_520))).toBe('16.5 tCO₂e/h');
  });

  test('shares are whole percents, small ones with a digit', () => {
    expect([0, 0.004, 0.148, 1, Number.NaN].map((s) => en.share(s))).toEqual(['0%', '0.4%', '15%', '100%', dash]);
  });

  test('spans use the largest unit that fits, in the language', () => {
    expect([0, 59, 61, 7300, 200_000].map((s) => en.span(s))).toEqual(['0s', '59s', '1m', '2h', '2d']);
    expect(zh.span(61)).toContain('分');
    expect(en.span(Number.NaN)).toBe(dash);
  });

  test('the clock is the park’s, whatever the clock of the device', () => {
    const time = Date.UTC(2019, 10, 3, 8, 30);
    expect(en.clock(time, 'Asia/Shanghai', true)).toBe('16:30:00');
    expect(en.clock(time, 'America/Los_Angeles', false)).toBe('01:30');
    expect(en.clock(time + 3_600_000, 'America/Los_Angeles', false)).toBe('01:30');
    expect(en.clock(Number.NaN, 'Asia/Shanghai', true)).toBe(dash);
    expect(zh.date(time, 'Asia/Shanghai')).toContain('11月');
  });
});
