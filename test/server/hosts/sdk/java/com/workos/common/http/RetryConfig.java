package com.workos.common.http;

public final class RetryConfig {
  public static final RetryConfig DISABLED = new RetryConfig();
}
