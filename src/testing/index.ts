export {
  checkProxy,
  type CheckProxyOptions,
  type ProxyReport,
  type ProxySession,
} from './check-proxy/check-proxy.js';
export type { LeftFactor } from './check-proxy/chapters/removals.js';
export type { SentMessage } from './check-proxy/chapters/text-message.js';
export { CONTRACT_ROWS, type CheckGroup, type CheckName, type ContractRow } from './check-proxy/contract.js';
export type { CheckOutcome, ProxyCheck } from './check-proxy/findings.js';
export { formatReport, type FormatReportOptions } from './check-proxy/format-report.js';
export { checkStore, type StoreCheck, storeChecks } from './check-store.js';
export { createTestBackend } from './create-test-backend.js';
export type { CallPattern, Fault } from './fault.js';
export type { TestBackend, TestBackendOptions, TestOutcome, TestRequest } from './test-backend.js';
