"""What people and programs are shown: alerts (`message`), the extraction contract (`contract`).

Imports nothing itself, so that who needs one form does not load the others.
"""
