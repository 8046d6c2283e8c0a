"""Pictures of a review: map, section, 3D."""
