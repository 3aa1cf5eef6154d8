"""The published messages and schemas, which are not ours to keep here: `make test-official`."""
