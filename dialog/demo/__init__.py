"""The cast, and an office of real size."""
