"""The patient's copy of all that is theirs: to read, to print, and for machines (R227)."""
