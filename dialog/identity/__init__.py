"""Who is at the door, and for whom they act."""
