package com.workos.common.exceptions;

public abstract class WorkOSException extends RuntimeException {
  public final int status = 0;
  public final String code = null;
}
