"""schema.org ClaimReview: our verdicts out, those of others in."""
