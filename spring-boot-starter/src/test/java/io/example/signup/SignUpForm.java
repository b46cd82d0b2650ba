package io.example.signup;

/** What a visitor fills in. */
record SignUpForm(String email, String plan) {}
