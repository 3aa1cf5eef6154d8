"""How the office is set up: the first-run page, and the settings it later becomes."""
