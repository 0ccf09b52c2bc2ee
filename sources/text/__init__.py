"""Reading written Arabic and English: pure functions that know nothing of claims."""
