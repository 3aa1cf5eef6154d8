"""Facts told by SMS, to those who want it."""
