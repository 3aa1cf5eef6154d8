"""Digital dialog: the platform on which patients and their GP's office talk."""
