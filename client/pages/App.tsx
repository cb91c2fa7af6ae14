/** Which page. */
import { useEffect } from 'react';
import { useWords } from '../locales/use-words.ts';
import { Message } from '../panels/Message.tsx';
import { followTheme } from '../panels/theme.ts';
import { Broken } from './Broken.tsx';
import { ParkPage } from './ParkPage.tsx';
import { Parks } from './Parks.tsx';
import { followLinks, routeOf, usePath } from './route.ts';
import './pages.css';

export function App() {
  const { t } = useWords();
  const route = routeOf(usePath());
  useEffect(() => followTheme(), []);
  useEffect(() => followLinks(), []);
  if (route.page === 'parks') return <Parks />;
  if (route.page === 'none') {
    return (
      <Message title={t('error.page')} body={t('error.pageBody')}>
        <a className="button primary" href="/">
          {t('error.home')}
        </a>
      </Message>
    );
  }
  return (
    <Broken>
      <ParkPage key={route.park} id={route.park} page={route.page} />
    </Broken>
  );
}
