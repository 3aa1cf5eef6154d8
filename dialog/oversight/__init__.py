"""Who has seen and done what: reading the log, and following it up (R216-R220)."""
