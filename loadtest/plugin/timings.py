# The part of the plug-in that merges what workers tell of their requests, see internal/timing.
