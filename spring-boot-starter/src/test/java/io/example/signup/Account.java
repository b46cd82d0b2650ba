package io.example.signup;

/** An account of the example. */
record Account(String id, String email) {}
