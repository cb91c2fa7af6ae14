/** Where the page starts. */
import '@fontsource-variable/inter/wght.css';
import './tokens.css';
import './base.css';
import { createRoot } from 'react-dom/client';
import { startLanguage } from './locales/language.ts';
import { App } from './pages/App.tsx';

await startLanguage();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
