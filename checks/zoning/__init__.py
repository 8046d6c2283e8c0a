"""Rules of the zoning plan (bestemmingsplan, omgevingsplan)."""
