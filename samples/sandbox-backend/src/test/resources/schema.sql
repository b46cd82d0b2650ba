this is not SQL and must never be run by the sandbox
