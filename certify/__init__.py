"""Tests of a vendor's record system over the bus, by a portal's side of our own.

It knows how messages are made and opened, and has no database; it shares with ``epj`` what both
ends of the wire need.
"""
