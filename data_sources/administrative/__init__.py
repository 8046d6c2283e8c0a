"""BAG and BRK."""
