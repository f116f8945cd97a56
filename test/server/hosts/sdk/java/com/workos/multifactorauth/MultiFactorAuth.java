package com.workos.multifactorauth;

import com.workos.models.AuthenticationChallenge;
import com.workos.models.AuthenticationChallengeVerifyResponse;
import com.workos.models.AuthenticationFactor;
import com.workos.models.AuthenticationFactorEnrolled;
import com.workos.types.AuthenticationFactorsCreateRequestType;

/** The overloads that {@code @JvmOverloads} makes. */
public final class MultiFactorAuth {
  public AuthenticationFactorEnrolled enrollFactor(AuthenticationFactorsCreateRequestType type, String phoneNumber) {
    return null;
  }

  public AuthenticationFactorEnrolled enrollFactor(
      AuthenticationFactorsCreateRequestType type, String phoneNumber, String totpIssuer, String totpUser) {
    return null;
  }

  public AuthenticationFactor getFactor(String id) {
    return null;
  }

  public void deleteFactor(String id) {}

  public AuthenticationChallenge challengeFactor(String id, String smsTemplate) {
    return null;
  }

  public AuthenticationChallengeVerifyResponse verifyChallenge(String id, String code) {
    return null;
  }
}
