"""The law and the municipality's policy as data. Knows no row, no request, and imports nothing of ours."""
