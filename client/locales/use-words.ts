/** What a component needs to show text: the catalogue, the park's own texts and the formats of the language. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Text } from '../../models/park/park.ts';
import { type Formats, formatsIn } from './formats.ts';
import { currentLanguage, languageOf, textIn } from './language.ts';

export function useWords() {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n.language);
  return useMemo(
    () => ({ t, language, text: (text: Text) => textIn(language, text), ...(formatsIn(language) satisfies Formats) }),
    [t, language],
  );
}

/** For code outside React. */
export function textNow(text: Text): string {
  return textIn(currentLanguage(), text);
}
