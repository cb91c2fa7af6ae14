/**
 * Components that the first picture does not need: one chunk, loaded soon after that picture, so that they are available
 * later even if the server is not. Components that are typed into at once (table, palette) are not part of it: no key may
 * be lost.
 */
import { lazy } from 'react';
import { languages } from '../../models/languages.ts';
import { currentLanguage, fetchLanguage } from '../locales/language.ts';

const later = () => import('./deferred-chunk.ts');

export const About = lazy(async () => ({ default: (await later()).About }));
export const Balance = lazy(async () => ({ default: (await later()).Balance }));
export const Help = lazy(async () => ({ default: (await later()).Help }));
export const Inspector = lazy(async () => ({ default: (await later()).Inspector }));
export const Plan = lazy(async () => ({ default: (await later()).Plan }));
export const Quarantine = lazy(async () => ({ default: (await later()).Quarantine }));
export const Kiosk = lazy(async () => ({ default: (await later()).Kiosk }));
export const Tour = lazy(async () => ({ default: (await later()).Tour }));

/** Loads the chunk, and the words of the other languages. What fails now is requested again when it is needed. */
export function fetchPieces(): void {
  const others = languages.filter((language) => language !== currentLanguage());
  void Promise.allSettled([later(), ...others.map(fetchLanguage)]);
}
