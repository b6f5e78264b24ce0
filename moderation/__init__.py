"""The ground floor: what comes in, what it is, what must follow. Knows nothing of the archive above it."""
