import 'mfa-kit/styles.css';
import './app.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './app.tsx';
import { applyTheme, readTheme } from './theme.ts';

applyTheme(readTheme());

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root to draw the app in.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
