/**
 * What the first picture does not need: one piece, fetched as soon as the picture is there, so that it is here when
 * somebody wants it, also when the server is gone by then. What is typed into at once (table, palette) is not part of it:
 * keys must not be lost.
 */
import { lazy } from 'react';
import { languages } from '../../models/names.ts';
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

/** Fetches it, and the words of the other languages. What cannot be had now is asked for again when it is wanted. */
export function fetchPieces(): void {
  const others = languages.filter((language) => language !== currentLanguage());
  void Promise.allSettled([later(), ...others.map(fetchLanguage)]);
}
