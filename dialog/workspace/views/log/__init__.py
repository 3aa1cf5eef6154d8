"""The log at the office: searching it, and what it says of oneself."""
