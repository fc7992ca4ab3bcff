"""Programs that measure the product; no part of it."""
