package com.workos;

import com.workos.common.http.RetryConfig;
import com.workos.multifactorauth.MultiFactorAuth;

/** As much of workos-kotlin 7 as the example host uses, as it looks to Java. Compiled, never run. */
public class WorkOS {
  public static Builder builder() {
    return new Builder();
  }

  public MultiFactorAuth getMultiFactorAuth() {
    return new MultiFactorAuth();
  }

  public static final class Builder {
    public Builder apiKey(String apiKey) {
      return this;
    }

    public Builder retryConfig(RetryConfig retryConfig) {
      return this;
    }

    public WorkOS build() {
      return new WorkOS();
    }
  }
}
