"""What checks of heights share: peil, floors, surfaces, roofs."""
