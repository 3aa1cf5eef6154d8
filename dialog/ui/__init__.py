"""The look, and the components both sides share."""
