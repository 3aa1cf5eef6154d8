"""Forny resept: prescriptions to be renewed, line by line."""
