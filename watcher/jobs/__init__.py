"""The work as jobs on a shared PostgreSQL, for any number of processes on any number of machines.

    ticker: what is due by our tables -> Due -> queue (Procrastinate) -> worker -> tasks: the same passes and deliveries

The queue holds nothing that our tables do not say: a job that is lost, or taken from a dead worker, is found due again
and queued anew. What must not happen twice is guarded by claims in the store, not by the queue.
"""
