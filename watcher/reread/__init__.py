"""Stored revisions read again from their evidence, by today's rules."""
