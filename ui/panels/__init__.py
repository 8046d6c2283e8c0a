"""What opens in a window of its own: a finding with its questions, the card of a plot."""
