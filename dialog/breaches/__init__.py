"""What went wrong with what people have told: the register an office must keep, and its clock."""
