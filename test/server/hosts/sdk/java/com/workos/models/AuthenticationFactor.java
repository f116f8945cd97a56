package com.workos.models;

public final class AuthenticationFactor {}
