"""What a person decides: one verb, one function, one transaction, one audit entry. Never starts a task."""
