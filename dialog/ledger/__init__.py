"""Facts and debts: one line is audit trail and outbox."""
