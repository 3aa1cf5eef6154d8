"""The national messages: what goes to and comes from a practice's own record system."""
