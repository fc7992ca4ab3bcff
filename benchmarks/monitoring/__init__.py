"""What watching costs: passes, alerts and the idle service, beside changedetection.io, urlwatch and a bare client."""
