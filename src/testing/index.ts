export {
  createTestBackend,
  type TestBackend,
  type TestBackendOptions,
  type TestOutcome,
  type TestRequest,
} from './create-test-backend.js';
export type { CallPattern, Fault } from './fault.js';
