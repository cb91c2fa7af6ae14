/** Light or dark theme: by the park's sun, by the device's setting, or by choice. */
import { type Theme, useChoices } from './choices.ts';

const remembered = 'ecopark.theme';
const themes: readonly Theme[] = ['sun', 'system', 'light', 'dark'];

export function isDark(theme: Theme, night: boolean, deviceDark: boolean): boolean {
  if (theme === 'sun') return night;
  if (theme === 'system') return deviceDark;
  return theme === 'dark';
}

export function keepTheme(theme: Theme): void {
  localStorage.setItem(remembered, theme);
  useChoices.setState({ theme });
}

/** Keeps `data-theme` of the page in step with the choice, the sun and the device; returns a function that stops it. */
export function followTheme(): () => void {
  const kept = localStorage.getItem(remembered);
  const theme = themes.find((t) => t === kept);
  const device = matchMedia('(prefers-color-scheme: dark)');
  // Until the park's sun is known, the device's setting is used.
  useChoices.setState({ night: device.matches, ...(theme ? { theme } : {}) });
  const apply = () => {
    const { theme, night } = useChoices.getState();
    document.documentElement.dataset['theme'] = isDark(theme, night, device.matches) ? 'dark' : 'light';
  };
  apply();
  device.addEventListener('change', apply);
  const stop = useChoices.subscribe(apply);
  return () => {
    stop();
    device.removeEventListener('change', apply);
  };
}
