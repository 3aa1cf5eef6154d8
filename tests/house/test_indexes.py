"""An index that another begins with is written for every row, and never needed."""

from dialog.statements import ask

# Of one column, beside one that begins with it; those for LIKE come with a primary key of letters.
COVERED = """
SELECT one.indexrelid::regclass::text FROM pg_index AS one JOIN pg_index AS more
    ON more.indrelid = one.indrelid AND more.indexrelid <> one.indexrelid
JOIN pg_class AS how ON how.oid = more.indexrelid JOIN pg_am AS way ON way.oid = how.relam
JOIN pg_class AS whose ON whose.oid = one.indrelid
WHERE whose.relnamespace = 'public'::regnamespace AND way.amname = 'btree'
    AND one.indnatts = 1 AND NOT one.indisunique AND one.indpred IS NULL AND one.indexprs IS NULL
    AND more.indpred IS NULL AND more.indexprs IS NULL AND more.indkey[0] = one.indkey[0]
    AND one.indclass[0] = more.indclass[0]
"""


def test_none_begins_another(db: None) -> None:
    assert ask(COVERED) == []
