"""Bestill time: schedules, slots and appointments."""
