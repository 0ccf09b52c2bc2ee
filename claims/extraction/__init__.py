"""Rules that suggest who said what, and how many: pure, each with an id."""
