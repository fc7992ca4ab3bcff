"""`/api/v1`: the JSON of the command line over HTTP. Lists go on with `next`, a cursor for `after`."""
