"""Practices, practitioners, patients, lists, and who may act for whom."""
