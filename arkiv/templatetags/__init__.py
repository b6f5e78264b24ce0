"""Words for the archive's templates."""
