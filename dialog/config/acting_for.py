"""The settings of acting for others."""

from django.core.exceptions import ImproperlyConfigured

from dialog.actor import ALL_AREAS, Area
from dialog.config.environment import text, words


def parents_of_older_children() -> frozenset[Area]:
    """In which services parents act for children of twelve to fifteen; all when nothing is said."""
    known = sorted(map(str, ALL_AREAS))
    said = words("PARENTS_OF_OLDER_CHILDREN", ",".join(known))
    if not said or said - set(known):
        raise ImproperlyConfigured(
            f"PARENTS_OF_OLDER_CHILDREN: say some of {', '.join(known)}, with commas between."
        )
    return frozenset(map(Area, said))


def population_adapter() -> str:
    """Over HTTP where the register's address is known; else there is none to ask."""
    known = text("POPULATION_REGISTER_URL", "")
    return "dialog.adapters.national_registers.HttpPopulationRegister" if known else ""
