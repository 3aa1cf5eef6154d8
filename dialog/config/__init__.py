"""Settings, URLs and the WSGI entry: how the house is put together."""
