"""Word lists of the extraction rules, read by `sources.text.lexicon`."""
