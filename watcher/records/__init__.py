"""The frozen types that the store hands out and takes in; times are aware and in UTC.

Standard library only, so that the pure modules may read them. Table classes stay in `store`.
"""
