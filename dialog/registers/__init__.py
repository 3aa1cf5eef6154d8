"""The national registers, simulated: for a demonstration, and for tests of what they can do to us.

A process of its own that knows no room: people in a file, answers that come late, wrong or not at
all, and changes with time.
"""
