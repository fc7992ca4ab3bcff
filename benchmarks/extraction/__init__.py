"""How long `watcher extract` takes, beside other libraries (`python -m benchmarks.extraction`) and on hostile input."""
