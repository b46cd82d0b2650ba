package io.example.signup;

/** What people fill in. */
record SignUpForm(String email, String plan) {}
