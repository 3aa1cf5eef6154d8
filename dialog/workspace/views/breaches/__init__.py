"""The pages of the register of deviations, for those who follow up the log."""
