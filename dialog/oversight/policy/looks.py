"""Which facts are looks: somebody saw something of a patient's, and changed nothing."""

LOOKS = frozenset(
    {
        "ConversationRead",
        "AttachmentRead",
        "CopyTaken",
        "EverythingTaken",
        "LogTaken",
        "PatientLookedUp",
        "PrescriptionsRead",
    }
)
