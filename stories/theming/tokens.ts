import source from '../../src/styles/tokens.css?raw';
import { readTokens } from './read-tokens.js';

/** Every `--mfa-*` variable, as the style sheet ships. */
export const TOKENS = readTokens(source);
