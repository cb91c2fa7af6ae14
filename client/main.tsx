/** Where the page starts. */
import '@fontsource-variable/inter/wght.css';
import './tokens.css';
import './base.css';
import { createRoot } from 'react-dom/client';
import { declareCarrierColours } from './carrier-colours.ts';
import { queries } from './live/queries.ts';
import { startLanguage } from './locales/language.ts';
import { App } from './pages/App.tsx';

declareCarrierColours();
// From here on the query client listens for tabs that come to the front and for the network coming back.
queries.mount();
await startLanguage();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
