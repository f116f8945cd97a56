/** @see Web OTP API, section 3: `OTPCredential`, which TypeScript's DOM types do not know. */
interface OtpRequest extends CredentialRequestOptions {
  otp: { transport: ['sms'] };
}

/**
 * Waits for a text message bound to this origin (`@app.example #123456`) and reads its code, where the browser can.
 * @returns The code, or `undefined` where the browser cannot, the person declines, or `signal` aborts.
 */
export async function receiveSmsCode(signal: AbortSignal): Promise<string | undefined> {
  if (!('OTPCredential' in globalThis)) return undefined;
  try {
    const request: OtpRequest = { otp: { transport: ['sms'] }, signal };
    const credential = await navigator.credentials.get(request);
    return credential && 'code' in credential ? String(credential.code) : undefined;
  } catch {
    return undefined;
  }
}
