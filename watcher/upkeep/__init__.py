"""The state as a whole, looked after: written into a backup and taken out of one."""
