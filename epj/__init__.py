"""A small record system for the other end of the wire: its own store, and none of the platform's.

It speaks the national messages as an office's record system does, so that vendors and offices can
try what they make against something that answers.
"""
