"""An hour of a bureau at random, with faults and readers, held against the model of its rules."""
