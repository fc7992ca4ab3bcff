"""`Document` -> `Extraction`: every field that the extraction contract names, by rules in one file a kind."""
