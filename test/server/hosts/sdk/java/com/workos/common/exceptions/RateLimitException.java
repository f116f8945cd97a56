package com.workos.common.exceptions;

public final class RateLimitException extends WorkOSException {
  public final Long retryAfterSeconds = null;
}
