"""What changed between two texts of an announcement, and the sentence that tells it."""
