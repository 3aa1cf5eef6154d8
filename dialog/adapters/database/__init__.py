"""Django's own PostgreSQL backend, which keeps its plans when a savepoint is given up."""
