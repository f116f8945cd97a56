package com.workos.common.json;

import com.fasterxml.jackson.databind.ObjectMapper;

public final class ObjectMapperFactory {
  public static ObjectMapper create() {
    return new ObjectMapper();
  }
}
