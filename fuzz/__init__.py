"""Thousands of messages that are nearly right: what comes in must never break, hang or be lost."""
