"""Text in, Terms out: folding, numbers, words, and the hand-made list of function words."""
