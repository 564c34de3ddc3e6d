// Your turn.
