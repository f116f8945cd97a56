// @ts-check
/** Prints Vitest's JSON report as the one line that closes a CI run: `N passed, N failed`. */
import { readFileSync } from 'node:fs';
import process from 'node:process';

const [file = ''] = process.argv.slice(2);
/** @type {{ numPassedTests: number, numFailedTests: number, numFailedTestSuites: number }} */
const report = JSON.parse(readFileSync(file, 'utf8'));
// A file that could not be loaded has no failed tests, and is a failure all the same.
const failed = Math.max(report.numFailedTests, report.numFailedTestSuites > 0 ? 1 : 0);
console.log(`${report.numPassedTests} passed, ${failed} failed`);
