package io.example.signup;

/** An account of the shop. */
record Account(long id, String email, String plan) {}
