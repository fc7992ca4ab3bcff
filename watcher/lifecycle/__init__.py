"""What becomes of announcements: pages that are gone, documents that are repealed, replaced or over."""
