"""The surroundings made whole and joined: heights, blocks, trees, doubts, the place of the design, the card of a plot."""
