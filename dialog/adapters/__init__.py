"""The only place that knows the outside world's libraries."""
