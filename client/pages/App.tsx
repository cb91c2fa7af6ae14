/** Shows the page that the address leads to. */
import { lazy, Suspense, useEffect } from 'react';
import { followTheme } from '../live/theme.ts';
import { useWords } from '../locales/use-words.ts';
import { Message } from '../ui/Message.tsx';
import { Broken } from './Broken.tsx';
import { ParkPage } from './ParkPage.tsx';
import { Parks } from './Parks.tsx';
import { followLinks, routeOf, usePath } from './route.ts';
import './pages.css';
import './edges-narrow.css';

/** A page without the scene and without the connection. */
const ReportPage = lazy(async () => ({ default: (await import('./Report.tsx')).ReportPage }));

export function App() {
  const { t } = useWords();
  const route = routeOf(usePath());
  useEffect(() => followTheme(), []);
  useEffect(() => followLinks(), []);
  if (route.page === 'parks') return <Parks />;
  if (route.page === 'none') {
    return (
      <Message mark={t('product')} title={t('error.page')} body={t('error.pageBody')}>
        <a className="button primary" href="/">
          {t('error.home')}
        </a>
      </Message>
    );
  }
  if (route.page === 'report') {
    return (
      <Broken>
        <Suspense fallback={<Message mark={t('product')} title={t('report.loading')} />}>
          <ReportPage key={route.park} park={route.park} />
        </Suspense>
      </Broken>
    );
  }
  return (
    <Broken>
      <ParkPage key={route.park} id={route.park} page={route.page} />
    </Broken>
  );
}
