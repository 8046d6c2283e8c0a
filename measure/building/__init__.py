"""The design measured: footprint, heights, eaves, roof, dormers, storeys, volume, what sticks out."""
