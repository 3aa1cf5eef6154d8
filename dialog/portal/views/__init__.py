"""The patient's pages, a file for each service."""
