"""Start e-konsultasjon: medical advice in writing, with consent to the charge."""
