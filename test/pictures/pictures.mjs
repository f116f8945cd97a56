// @ts-check
/**
 * Takes the pictures of all stories, which are written in TypeScript:
 *
 *   node test/pictures/pictures.mjs             writes the contact sheets, and compares with the baselines
 *   node test/pictures/pictures.mjs --update    and rewrites the baselines that differ
 */
import path from 'node:path';
import process from 'node:process';
import { runnerImport } from 'vite';

const { module } = await runnerImport(path.join(import.meta.dirname, 'take-pictures.ts'));
process.exitCode = await module.run(process.argv.slice(2));
