"""What the archive does: one verb, one function. Slow work outside the transaction, rows and audit inside one."""
