export { createHttpBackend, type HttpBackendOptions } from './backend/create-http-backend.js';
export type {
  AuthenticationChallenge,
  AuthenticationFactor,
  CallOptions,
  DeleteFactorOptions,
  EnrollFactorRequest,
  Enrollment,
  MfaBackend,
  TotpSecret,
  Verification,
  VerifyChallengeRequest,
} from './backend/mfa-backend.js';
export { isMfaError, MfaError, type MfaErrorCode, type MfaErrorDetails } from './backend/mfa-error.js';
export type { MessageOverrides, MfaMessages, PhoneNumberReason, PluralText } from './messages/messages.js';
export { useMfaMessages } from './messages/use-mfa-messages.js';
export { MfaProvider, type MfaProviderProps } from './provider/mfa-provider.js';
export { CodeInput, type CodeInputProps } from './code-input/code-input.js';
export { PhoneField, type PhoneFieldProps, type PhoneFieldValue } from './phone-field/phone-field.js';
export type { PhoneNumberResult, PhoneNumberRules } from './phone-field/phone-rules.js';
export { validatePhoneNumber } from './phone-field/validate-phone-number.js';
export type { CodeProblem, CodeState } from './verification/code-state.js';
export { Countdown, type CountdownProps } from './verification/countdown.js';
export { type Deadline, deadlineIn } from './verification/deadline.js';
export { useCountdown } from './verification/use-countdown.js';
export {
  useVerifyCode,
  type UseVerifyCodeOptions,
  type VerifyCodeFlow,
  type VerifySubject,
} from './verification/use-verify-code.js';
export { VerifyCode, type VerifyCodeProps } from './verification/verify-code.js';
export { EnrollTotp, type EnrollTotpProps } from './totp/enroll-totp.js';
export { QrCode, type QrCodeProps } from './totp/qr-code.js';
export { SecretKey, type SecretKeyProps } from './totp/secret-key.js';
export { type EnrollTotpFlow, useEnrollTotp, type UseEnrollTotpOptions } from './totp/use-enroll-totp.js';
export { EnrollSms, type EnrollSmsProps } from './sms/enroll-sms.js';
export type { PhoneEntry } from './sms/sms-enrollment.js';
export { type EnrollSmsFlow, useEnrollSms, type UseEnrollSmsOptions } from './sms/use-enroll-sms.js';
export { FactorList, type FactorListProps } from './factors/factor-list.js';
export { type FactorsState, useFactors, type UseFactorsOptions } from './factors/use-factors.js';
export {
  type RemoveFactorState,
  useRemoveFactor,
  type UseRemoveFactorOptions,
} from './factors/use-remove-factor.js';
