"""Every screen, one folder per desk."""
