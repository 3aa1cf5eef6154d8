"""The settings of acting for others."""

from django.core.exceptions import ImproperlyConfigured

from dialog.actor import ALL_AREAS, Area
from dialog.config.environment import words


def parents_of_older_children() -> frozenset[Area]:
    """In which services parents act for children of twelve to fifteen; all when nothing is said."""
    known = sorted(map(str, ALL_AREAS))
    said = words("PARENTS_OF_OLDER_CHILDREN", ",".join(known))
    if not said or said - set(known):
        raise ImproperlyConfigured(
            f"PARENTS_OF_OLDER_CHILDREN: say some of {', '.join(known)}, with commas between."
        )
    return frozenset(map(Area, said))
