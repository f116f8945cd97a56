'use client';
import { useEffect, useLayoutEffect } from 'react';

/** Layout effects do not run on the server, and React 18 says so aloud. */
export const useBrowserLayoutEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;
