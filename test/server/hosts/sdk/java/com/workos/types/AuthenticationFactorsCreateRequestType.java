package com.workos.types;

public enum AuthenticationFactorsCreateRequestType {
  Unknown,
  GenericOtp,
  Sms,
  Totp
}
