"""Kontakt legekontoret: short practical questions."""
